// Where scripts run, a roster's file is chosen once: it stays in the form while it is tried and then taken, and how far it is
// is told. Without them it is chosen twice.
'use strict';

const wait = (form, text, part) => {
  const box = form.querySelector('.roster-progress'), bar = box.querySelector('progress');
  box.hidden = false;
  if (part === undefined) bar.removeAttribute('value');
  else bar.value = part;
  const words = box.querySelector('p');
  if (words.textContent !== text) words.textContent = text;
};

// The page that came takes the place of this one, but for the file that was chosen.
const show = (form, html) => {
  const chosen = form.querySelector('input[type=file]');
  const came = new DOMParser().parseFromString(html, 'text/html');
  const empty = came.querySelector('[data-roster] input[type=file]');
  const keep = came.querySelector('button[formaction]') || came.querySelector('.error-summary');
  document.title = came.title;
  document.querySelector('main').replaceWith(came.querySelector('main'));
  if (empty && keep) {
    for (const name of ['aria-describedby', 'aria-invalid']) {
      if (empty.hasAttribute(name)) chosen.setAttribute(name, empty.getAttribute(name));
      else chosen.removeAttribute(name);
    }
    document.querySelector('[data-roster] input[type=file]').replaceWith(chosen);
  }
  const summary = document.getElementById('error-summary'), first = document.querySelector('.desk-section h2');
  if (first && !summary) first.tabIndex = -1;
  (summary || first).focus();
  (summary || first).scrollIntoView();
};

const send = (form, action) => {
  const request = new XMLHttpRequest(), words = form.dataset;
  const lost = () => {
    wait(form, words.lost, 0);
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button')) button.removeAttribute('aria-disabled');
  };
  request.open('POST', action);
  request.setRequestHeader('Accept', 'text/html');
  request.upload.addEventListener('progress', (event) => {
    if (event.loaded < event.total) wait(form, words.sending, Math.round(event.loaded / event.total * 100));
  });
  request.upload.addEventListener('load', () => wait(form, words.reading));
  request.addEventListener('error', lost);
  // What is no page of this form (signing in, a busy house) is shown as it is, at its own address.
  request.addEventListener('load', () => {
    if (/<form[^>]*data-roster/.test(request.responseText)) show(form, request.responseText);
    else if (request.status < 400) location.assign(request.responseURL);
    else lost();
  });
  wait(form, words.sending, 0);
  request.send(new FormData(form));
};

// After page.js has looked whether the form is on its way already.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-roster]') || event.defaultPrevented) return;
  if (!form.querySelector('input[type=file]').files.length) return;
  event.preventDefault();
  send(form, event.submitter?.getAttribute('formaction') || form.getAttribute('action'));
});
