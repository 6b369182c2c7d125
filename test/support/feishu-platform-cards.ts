/**
 * What the open platform refuses in a card of JSON 2.0, with its own codes. Written from the
 * published card documentation, not from what our renderer happens to make.
 */

const LIMIT_BYTES = 30 * 1024
const LIMIT_ELEMENTS = 200
const LIMIT_DEPTH = 5

/** Tags of JSON 2.0 and the properties each may carry besides `tag`, `element_id` and `margin`. */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  markdown: ['content', 'text_align', 'text_size', 'icon'],
  div: ['text', 'icon', 'width', 'fields'],
  plain_text: ['content', 'text_size', 'text_align', 'text_color', 'lines', 'i18n_content'],
  lark_md: ['content', 'text_size', 'text_align', 'text_color', 'lines'],
  hr: [],
  column_set: [
    'columns',
    'flex_mode',
    'horizontal_spacing',
    'horizontal_align',
    'background_style',
    'action',
  ],
  column: [
    'elements',
    'width',
    'weight',
    'vertical_align',
    'vertical_spacing',
    'horizontal_align',
    'background_style',
    'padding',
    'direction',
  ],
  collapsible_panel: [
    'elements',
    'header',
    'expanded',
    'border',
    'background_color',
    'padding',
    'vertical_spacing',
    'direction',
  ],
  button: [
    'text',
    'type',
    'size',
    'width',
    'icon',
    'hover_tips',
    'disabled',
    'disabled_tips',
    'confirm',
    'behaviors',
    'name',
    'required',
    'form_action_type',
    'value',
  ],
  form: ['elements', 'name', 'direction', 'padding', 'vertical_spacing', 'horizontal_spacing'],
  input: [
    'name',
    'required',
    'placeholder',
    'default_value',
    'disabled',
    'width',
    'max_length',
    'input_type',
    'rows',
    'label',
    'label_position',
    'value',
    'behaviors',
    'fallback',
  ],
  date_picker: [
    'name',
    'required',
    'placeholder',
    'initial_date',
    'width',
    'disabled',
    'value',
    'behaviors',
    'confirm',
  ],
  standard_icon: ['token', 'color', 'size'],
  select_static: [
    'name',
    'required',
    'placeholder',
    'options',
    'initial_option',
    'width',
    'type',
    'behaviors',
  ],
}
const EVERYWHERE = ['tag', 'element_id', 'margin']
const CONTAINERS = ['column_set', 'column', 'collapsible_panel', 'form']

export interface CardFault {
  readonly code: number
  readonly message: string
}

/** The first fault of a card's JSON text, or undefined when the platform would take it. */
export function findCardFault(content: string): CardFault | undefined {
  if (Buffer.byteLength(content) > LIMIT_BYTES) {
    return { code: 230025, message: 'The length of the message content reaches its limit.' }
  }
  const card = parse(content)
  if (card === undefined) return invalid(200621, 'parse card json err')
  if (card['schema'] !== '2.0') return invalid(200830, 'only schema 2.0 is taken here')
  if (record(card['config'])['update_multi'] === false) return invalid(200850, 'update_multi')
  const elements = record(card['body'])['elements']
  if (!Array.isArray(elements)) return invalid(200621, 'body.elements is missing')
  return findElementFault([...elements])
}

function findElementFault(roots: unknown[]): CardFault | undefined {
  const seen = { count: 0, ids: new Set<string>(), tables: 0 }
  const walk = (value: unknown, depth: number, inForm: boolean): CardFault | undefined => {
    if (Array.isArray(value)) return first(value, (item) => walk(item, depth, inForm))
    if (typeof value !== 'object' || value === null) return undefined
    const element = record(value)
    const tag = element['tag']
    if (typeof tag !== 'string') return first(Object.values(element), (v) => walk(v, depth, inForm))
    const fault = checkElement(element, tag, depth, inForm, seen)
    if (fault) return fault
    const deeper = CONTAINERS.includes(tag) ? depth + 1 : depth
    return first(Object.values(element), (v) => walk(v, deeper, inForm || tag === 'form'))
  }
  return (
    walk(roots, 0, false) ??
    (seen.count > LIMIT_ELEMENTS ? invalid(11310, 'element exceeds the limit') : undefined) ??
    (seen.tables > 5 ? invalid(11310, 'card table number over limit') : undefined)
  )
}

function checkElement(
  element: Record<string, unknown>,
  tag: string,
  depth: number,
  inForm: boolean,
  seen: { count: number; ids: Set<string>; tables: number },
): CardFault | undefined {
  seen.count += 1
  const known = PROPERTIES[tag]
  if (known === undefined) return invalid(200861, `tag ${tag} is not supported`)
  const odd = Object.keys(element).find((key) => !known.includes(key) && !EVERYWHERE.includes(key))
  if (odd !== undefined) return invalid(200621, `unknown property ${odd} of ${tag}`)
  if (depth > LIMIT_DEPTH) return invalid(200570, 'nested too deep')
  if (tag === 'form' && depth > 0) return invalid(200530, 'form must be at the root')
  const id = element['element_id']
  if (id !== undefined) {
    if (!/^[A-Za-z]\w{0,19}$/.test(String(id))) return invalid(300302, 'element_id is malformed')
    if (seen.ids.has(String(id))) return invalid(300301, 'element_id repeats')
    seen.ids.add(String(id))
  }
  if (tag === 'markdown') {
    seen.tables += String(element['content']).split(/\n\s*\|?[ :|-]*-{3,}[ :|-]*\n/).length - 1
    if (/<at (?:user_)?id=["']?(?!ou_|all\b)/.test(String(element['content']))) {
      return invalid(100290, 'invalid user id in at')
    }
  }
  return checkControl(element, tag, inForm)
}

function checkControl(
  element: Record<string, unknown>,
  tag: string,
  inForm: boolean,
): CardFault | undefined {
  if (['input', 'date_picker', 'select_static'].includes(tag) && inForm && !element['name']) {
    return invalid(200530, 'a control of a form needs a name')
  }
  if (tag !== 'button') return undefined
  const behaviors = element['behaviors']
  if (behaviors === undefined) return undefined
  if (!Array.isArray(behaviors)) return invalid(200621, 'behaviors must be a list')
  const callback = behaviors.map(record).find((behavior) => behavior['type'] === 'callback')
  if (callback && (typeof callback['value'] !== 'object' || callback['value'] === null)) {
    return invalid(200621, 'the value of a callback must be an object')
  }
  return undefined
}

function invalid(code: number, reason: string): CardFault {
  return {
    code: 230099,
    message: `Failed to create card content, ext=ErrCode: ${code}; ErrMsg: ${reason};`,
  }
}

function first<T>(
  items: readonly T[],
  look: (item: T) => CardFault | undefined,
): CardFault | undefined {
  for (const item of items) {
    const fault = look(item)
    if (fault) return fault
  }
  return undefined
}

function parse(content: string): Record<string, unknown> | undefined {
  try {
    return record(JSON.parse(content))
  } catch {
    return undefined // malformed JSON is one of the faults looked for
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
