// @ts-check
/** Small helps of the console; every form works without them. */

for (const form of document.querySelectorAll('form')) form.addEventListener('submit', onSubmit)
for (const zone of document.querySelectorAll('.drop'))
  makeDropZone(/** @type {HTMLElement} */ (zone))

/** @param {SubmitEvent} event Asks before what cannot be undone with one click, and says that work is under way. */
function onSubmit(event) {
  const form = /** @type {HTMLFormElement} */ (event.currentTarget)
  const question = form.dataset['confirm']
  if (question && !window.confirm(question)) {
    event.preventDefault()
    return
  }
  const button = form.querySelector('button')
  const busy = form.dataset['busy']
  if (!busy || !button) return
  button.textContent = busy
  // After the form's data were gathered: a disabled button does not stop this sending.
  queueMicrotask(() => button.toggleAttribute('disabled', true))
}

/** A page that comes back from the browser's memory must be usable again. */
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

/** @param {HTMLElement} zone */
function makeDropZone(zone) {
  const input = zone.querySelector('input')
  if (!input) return
  for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    zone.addEventListener(name, (event) => {
      event.preventDefault()
      zone.classList.toggle('is-over', name === 'dragenter' || name === 'dragover')
    })
  }
  zone.addEventListener('drop', (event) => {
    if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files
  })
}
