// What pages add where scripts run; all of them work without.
'use strict';

// A page that came back with errors begins at their summary.
const summary = document.getElementById('error-summary');
if (summary) summary.focus();

// A form is sent once: a second press of the button waits for the first answer. Its key would make it one change anyway.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  for (const button of form.querySelectorAll('button')) button.setAttribute('aria-disabled', 'true');
});
// Coming back by the browser's history, the form can be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('button')) button.removeAttribute('aria-disabled');
  }
});
