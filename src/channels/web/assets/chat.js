// @ts-check
/**
 * The chat without page loads: posts the form, puts the answer under the question, keeps the
 * conversation of this tab. Everything works without it too; the server renders and escapes.
 */

/** Turns kept in this tab: enough for a conversation, small enough for any storage. */
const MOST_TURNS = 30
const STORED = 'niangjiaren.turns'

/** @typedef {{ question: string, html: string, ok: boolean }} Turn */

const form = /** @type {HTMLFormElement} */ (document.getElementById('composer'))
const field = /** @type {HTMLTextAreaElement} */ (document.getElementById('question'))
const conversation = /** @type {HTMLElement} */ (document.getElementById('conversation'))
const welcome = document.getElementById('welcome')
const newChat = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-new-chat]'))

/** @type {Turn[]} */
let turns = restore()
let busy = false

start()

function start() {
  if (welcome) for (const turn of turns) fillAnswer(addTurn(turn.question), turn.html)
  else turns = []
  revealTools(conversation)
  labelSettings()
  showNewChat()
  form.addEventListener('submit', onSubmit)
  form.addEventListener('input', labelSettings)
  field.addEventListener('keydown', onKey)
  conversation.addEventListener('click', onClick)
  conversation.addEventListener('submit', onVote)
  newChat?.addEventListener('click', startAnew)
  if (turns.length > 0) conversation.lastElementChild?.scrollIntoView({ block: 'start' })
}

/** @param {KeyboardEvent} event Enter sends, Shift+Enter breaks the line; Enter that ends a pinyin input does neither. */
function onKey(event) {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
  event.preventDefault()
  form.requestSubmit()
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  event.preventDefault()
  const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter)
  const question = (pressed?.name === 'question' ? pressed.value : field.value).trim()
  if (question === '' || busy) {
    field.focus()
    return
  }
  if (pressed?.name !== 'question') field.value = ''
  void ask(question)
}

/** @param {string} question */
async function ask(question) {
  setBusy(true)
  const slot = addTurn(question)
  slot.scrollIntoView({ block: 'start', behavior: 'smooth' })
  const { html, ok } = await fetchAnswer(question)
  fillAnswer(slot, html)
  turns = [...turns, { question, html, ok }].slice(-MOST_TURNS)
  remember()
  setBusy(false)
  field.focus({ preventScroll: true })
}

/**
 * @param {string} question
 * @returns {Promise<{ html: string, ok: boolean }>}
 */
async function fetchAnswer(question) {
  const body = new URLSearchParams()
  for (const turn of turns) if (turn.ok) body.append('history', turn.question)
  for (const name of ['role', 'region', 'as_of']) body.append(name, fieldValue(name))
  body.append('question', question)
  try {
    const response = await fetch('/chat/answer', {
      method: 'POST',
      body,
      headers: { accept: 'text/html' },
    })
    const isPage = response.headers.get('content-type')?.startsWith('text/html')
    const html = isPage ? await response.text() : failure('没有得到回答，请稍后再试。')
    return { html, ok: response.ok }
  } catch {
    return { html: failure('连不上服务，请检查网络后再问一次。'), ok: false }
  }
}

/** @param {string} message Our own words only: it goes into the page as it is. */
function failure(message) {
  return `<section class="answer answer--failure" role="alert"><p class="summary">${message}</p></section>`
}

/** @param {string} name */
function fieldValue(name) {
  const input = form.elements.namedItem(name)
  return input instanceof HTMLInputElement || input instanceof HTMLSelectElement ? input.value : ''
}

/** @param {string} question */
function addTurn(question) {
  welcome?.remove()
  const turn = document.createElement('article')
  turn.className = 'turn'
  const asked = document.createElement('p')
  asked.className = 'question'
  asked.textContent = question
  const waiting = document.createElement('section')
  waiting.className = 'answer waiting'
  waiting.textContent = '正在查文件…'
  turn.append(asked, waiting)
  conversation.append(turn)
  showNewChat()
  return turn
}

/**
 * @param {HTMLElement} turn
 * @param {string} html Rendered and escaped by the server.
 */
function fillAnswer(turn, html) {
  const template = document.createElement('template')
  template.innerHTML = html
  turn.lastElementChild?.replaceWith(template.content)
  revealTools(turn)
}

/** @param {HTMLElement} within */
function revealTools(within) {
  for (const button of within.querySelectorAll('[data-copy]'))
    button.toggleAttribute('hidden', false)
}

/** @param {MouseEvent} event */
function onClick(event) {
  const button = /** @type {Element} */ (event.target).closest('[data-copy]')
  const answer = /** @type {HTMLElement | null | undefined} */ (button?.closest('.answer'))
  if (button && answer) void copy(button, answer.dataset['text'] ?? '')
}

/**
 * @param {Element} button
 * @param {string} text
 */
async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = '已复制'
  } catch {
    button.textContent = '复制不了，请长按选择'
  }
}

/** @param {SubmitEvent} event */
function onVote(event) {
  const ballot = /** @type {HTMLFormElement} */ (event.target)
  const place = ballot.closest('[data-vote]')
  if (!place) return
  event.preventDefault()
  void vote(place, ballot, new FormData(ballot, event.submitter))
}

/**
 * @param {Element} place
 * @param {HTMLFormElement} ballot
 * @param {FormData} fields
 */
async function vote(place, ballot, fields) {
  const body = new URLSearchParams()
  for (const [name, value] of fields) body.append(name, String(value))
  const sent = await fetch(ballot.action, { method: 'POST', body }).then(
    (response) => response.ok,
    () => false,
  )
  const note = document.createElement('span')
  note.setAttribute('role', 'status')
  note.textContent = sent ? '谢谢，已记下' : '没有记上，请稍后再点'
  if (sent) place.replaceChildren(note)
  else place.append(note)
}

/** What is chosen shows while the panel is closed. */
function labelSettings() {
  const label = document.querySelector('[data-settings-label]')
  const select = form.elements.namedItem('role')
  const role =
    select instanceof HTMLSelectElement ? select.selectedOptions[0]?.textContent : undefined
  const day = fieldValue('as_of')
  const parts = [role, fieldValue('region').trim(), day && `按 ${day} 的规定`].filter(Boolean)
  if (label)
    label.textContent = parts.length > 0 ? `身份与地区：${parts.join(' · ')}` : '身份与地区'
}

function showNewChat() {
  newChat?.toggleAttribute('hidden', conversation.querySelector('.turn') === null)
}

function startAnew() {
  turns = []
  remember()
  location.assign('/')
}

/** @param {boolean} state */
function setBusy(state) {
  busy = state
  conversation.setAttribute('aria-busy', String(state))
  form.querySelector('.send')?.toggleAttribute('disabled', state)
}

/** @returns {Turn[]} */
function restore() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '[]')
  } catch {
    return [] // Storage is off or holds something else: the conversation starts anew.
  }
}

function remember() {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(turns))
  } catch {
    // Storage is off or full: the conversation is kept on the page only.
  }
}
