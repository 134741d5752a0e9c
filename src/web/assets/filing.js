// What the steps of filing add where scripts run: files in pieces with progress, several at once, and banks while one types.
'use strict';

const PIECE_BYTES = 262144;
const FILE_MOST_BYTES = 20 * 1024 * 1024;
const TYPES = /\.(pdf|jpe?g|png|heic|txt|csv|eml|docx|xlsx)$/i;

const upload = document.querySelector('form[data-upload]');
if (upload) sendSeveral(upload);

function sendSeveral(form) {
  const field = form.querySelector('input[type="file"]');
  const list = document.getElementById('uploads');
  const token = form.querySelector('input[name="csrf_token"]').value;
  field.multiple = true;
  form.querySelector('button').hidden = true;
  field.addEventListener('change', async () => {
    const lines = [...field.files].map((file) => ({ file, show: line(list, file.name) }));
    let came = 0;
    for (const { file, show } of lines) came += (await send(form.dataset, token, file, show)) ? 1 : 0;
    field.value = '';
    if (came === lines.length) window.location.reload();
  });
}

// A line of the list: the name, what is said of it, a bar.
function line(list, name) {
  const item = document.createElement('li');
  const title = document.createElement('strong');
  const said = document.createElement('span');
  const bar = document.createElement('progress');
  title.textContent = name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', name);
  item.append(title, ' ', said, bar);
  list.append(item);
  return (words, share) => {
    said.textContent = words;
    if (share === undefined) bar.remove();
    else bar.value = share;
  };
}

async function ask(method, path, token, body, type) {
  const headers = { 'X-CSRF-Token': token, Accept: 'application/json, application/problem+json' };
  if (type) headers['Content-Type'] = type;
  if (method === 'POST') headers['Idempotency-Key'] = `"${crypto.randomUUID()}"`;
  const answer = await fetch(path, { method, headers, body, credentials: 'same-origin' });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  const japanese = document.documentElement.lang === 'ja';
  const error = (said.errors ?? [])[0];
  const words = (error && (japanese ? error.message_ja : error.message_en)) ?? (japanese ? said.detail_ja : said.detail_en);
  throw Object.assign(new Error(words ?? ''), { refused: Boolean(words) });
}

async function send(says, token, file, show) {
  if (file.size > FILE_MOST_BYTES) { show(says.saidLarge); return false; }
  if (!TYPES.test(file.name)) { show(says.saidType); return false; }
  try {
    show(says.saidSending, 0);
    const announced = JSON.stringify({ name: file.name, length: file.size });
    const { evidence } = await ask('POST', `/v1/claims/${says.upload}/evidence`, token, announced, 'application/json');
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      const bytes = file.slice(at, at + PIECE_BYTES);
      await ask('PATCH', `/v1/evidence/${evidence}?offset=${at}`, token, bytes, 'application/octet-stream');
      const share = Math.min(1, (at + PIECE_BYTES) / file.size);
      show(`${says.saidSending} ${Math.floor(share * 100)}%`, share);
    }
    await ask('POST', `/v1/evidence/${evidence}/finish`, token);
    show(says.saidDone, 1);
    return true;
  } catch (error) {
    show(error.refused ? error.message : says.saidAgain);
    return false;
  }
}
