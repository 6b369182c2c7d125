// @ts-check
/** Small helps of the console; every form works without them. */

/** What was typed into the form that was sent last; kept for as long as it may come back refused. */
const TYPED = 'typed'

for (const form of document.querySelectorAll('form')) form.addEventListener('submit', onSubmit)
for (const zone of document.querySelectorAll('.drop'))
  makeDropZone(/** @type {HTMLElement} */ (zone))
for (const table of document.querySelectorAll('.scroll > table'))
  nameCells(/** @type {HTMLTableElement} */ (table))
bringBackTyped()

/** @param {SubmitEvent} event Asks before what cannot be undone with one click, and says that work is under way. */
function onSubmit(event) {
  const form = /** @type {HTMLFormElement} */ (event.currentTarget)
  const question = form.dataset['confirm']
  if (question && !window.confirm(question)) {
    event.preventDefault()
    return
  }
  keepTyped(form)
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

/** @param {HTMLTableElement} table On a phone a row stands as a card: each cell says which column it is. */
function nameCells(table) {
  const names = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? '')
  for (const row of table.tBodies[0]?.rows ?? []) {
    for (const [index, cell] of [...row.cells].entries())
      cell.dataset['column'] = names[index] ?? ''
  }
  table.classList.add('cards')
}

/** @param {HTMLFormElement} form */
function keepTyped(form) {
  if (form.method !== 'post' || form.querySelector('[type=password], [type=file]')) return
  const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)])
  sessionStorage.setItem(TYPED, JSON.stringify({ page: location.pathname, entries }))
}

/** After a refusal the form has again what was typed: on the same page, or when one goes back to it. */
function bringBackTyped() {
  const kept = sessionStorage.getItem(TYPED)
  sessionStorage.removeItem(TYPED)
  if (kept === null) return
  const typed = JSON.parse(kept)
  const refused = document.querySelector('[data-refused]') !== null
  if (!refused && !typed.refused) return
  const fields = location.pathname === typed.page ? fieldsNamed(typed.entries) : []
  for (const field of fields) setField(field, typed.entries)
  if (refused && fields.length === 0)
    sessionStorage.setItem(TYPED, JSON.stringify({ ...typed, refused }))
}

/** @param {[string, string][]} entries Of the forms that have one of these fields; hidden ones and buttons stay as they are. */
function fieldsNamed(entries) {
  const names = new Set(entries.map(([name]) => name))
  const SHOWN = 'input:not([type=hidden]):not([type=search]), select, textarea'
  return [...document.querySelectorAll('form[method=post]')]
    .map((form) => [...form.querySelectorAll(SHOWN)])
    .filter((fields) =>
      fields.some((field) => field.matches(':not([type=checkbox])') && names.has(nameOf(field))),
    )
    .flat()
}

/** @param {Element} field */
function nameOf(field) {
  return field.getAttribute('name') ?? ''
}

/**
 * @param {Element} field
 * @param {[string, string][]} entries
 */
function setField(field, entries) {
  const values = entries.filter(([name]) => name === nameOf(field)).map(([, value]) => value)
  if (field instanceof HTMLInputElement && field.type === 'checkbox') {
    field.checked = values.includes(field.value)
    return
  }
  const [value] = values
  if (value === undefined) return
  if (field instanceof HTMLInputElement) field.value = value
  if (field instanceof HTMLSelectElement) field.value = value
  if (field instanceof HTMLTextAreaElement) field.value = value
}
