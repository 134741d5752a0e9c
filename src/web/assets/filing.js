// What the steps of filing add where scripts run: files in pieces with progress, several at once, and banks while one types.
'use strict';

const PIECE_BYTES = 262144;
const FILE_MOST_BYTES = 20 * 1024 * 1024;
const TYPES = /\.(pdf|jpe?g|png|heic|txt|csv|eml|docx|xlsx)$/i;

const later = (wait_ms, act) => {
  let timer;
  return { soon: () => { clearTimeout(timer); timer = setTimeout(act, wait_ms); }, never: () => clearTimeout(timer) };
};

// ---- banks and branches while one types; the button that asks the server for them stays

for (const field of document.querySelectorAll('input[data-find]')) suggest(field);

function suggest(field) {
  const place = document.getElementById(`found-${field.dataset.find}`), codes = field.form.elements;
  const code = codes[place.dataset.field.replace('pick', 'code')];
  const picked = () => field.form.querySelector('input[name="bank_pick"]:checked')?.value ?? codes.bank_code.value;
  let asked = 0;
  const ask = later(250, async () => {
    const words = field.value.trim(), mine = (asked += 1);
    if (!words) { place.replaceChildren(); return; }
    const path = field.dataset.find === 'banks' ? '/v1/banks' : `/v1/banks/${encodeURIComponent(picked())}/branches`;
    const answer = await fetch(`${path}?words=${encodeURIComponent(words)}`, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const found = (await answer.json())[field.dataset.find];
    place.replaceChildren(choices(place.dataset, found, (chosen) => { code.value = chosen; }));
  });
  field.addEventListener('input', ask.soon);
}

// The same choices as the server's page has.
function choices(says, found, choose) {
  const group = document.createElement('fieldset'), legend = document.createElement('legend'), said = document.createElement('p');
  group.className = 'choices found';
  legend.textContent = says.legend;
  said.className = found.length ? 'visually-hidden' : '';
  said.setAttribute('role', 'status');
  said.textContent = found.length ? `${says.count}${found.length}` : says.none;
  if (!found.length) return said;
  group.append(legend, said, ...found.map((one, i) => {
    const row = document.createElement('div'), box = document.createElement('input'), label = document.createElement('label');
    const code = document.createElement('span');
    row.className = 'choice';
    Object.assign(box, { type: 'radio', id: `f-${says.field}-${i}`, name: says.field, value: one.code });
    box.addEventListener('change', () => choose(one.code));
    code.className = 'quiet';
    code.textContent = `${one.code} ${one.kana}`;
    label.htmlFor = box.id;
    label.append(`${one.name} `, code);
    row.append(box, label);
    return row;
  }));
  return group;
}

// ---- which days count, at once: the form is saved as its button "show" saves it, and the months of the answer are shown

const counted = document.getElementById('counted');
if (counted) showAtOnce(counted.closest('form'));

function showAtOnce(form) {
  let under = null;
  const look = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set('go', 'stay');
    const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer || ![200, 422].includes(answer.status)) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const months = page.getElementById('counted'), seen = months?.closest('form').querySelector('input[name="seen"]');
    if (!seen) return;
    counted.replaceChildren(...months.childNodes);
    form.elements.seen.value = seen.value;
  };
  const soon = later(400, () => { under = (under ?? Promise.resolve()).then(look); });
  form.addEventListener('change', soon.soon);
  // What is under way is waited for, so that the form is not told of its own change as somebody else's.
  form.addEventListener('submit', (event) => {
    soon.never();
    if (!under) return;
    event.preventDefault();
    event.stopPropagation();
    const { submitter } = event;
    under.then(() => setTimeout(() => { under = null; form.requestSubmit(submitter); })); // not within this very submission
  });
}

// ---- files

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
