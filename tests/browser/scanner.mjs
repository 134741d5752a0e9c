// The real clamd on a socket of its own, with a database of one line: it knows the file that every scanner is tried with (EICAR), by
// its SHA-256. No updater, no network.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EICAR = '275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f:68:Eicar-Test-Signature\n';

export function startScanner(folder) {
  const place = join(folder, 'socket'), settings = join(folder, 'clamd.conf');
  mkdirSync(folder, { mode: 0o755 });
  writeFileSync(join(folder, 'one.hsb'), EICAR);
  writeFileSync(settings, `Foreground yes\nLocalSocket ${place}\nDatabaseDirectory ${folder}\nTemporaryDirectory ${folder}\n`);
  const process = spawn('/usr/sbin/clamd', ['--config-file', settings], { stdio: 'ignore' });
  process.once('error', (error) => console.error(`no scanner: ${error.message}`));
  return { place, process };
}

// In two pieces, so that this file is none itself.
export const harmful = `${'X5O!P%@AP[4\\PZX54(P^)7CC)7}$'}${'EICAR-STANDARD-'}${'ANTIVIRUS-TEST-FILE!$H+H*'}`;
