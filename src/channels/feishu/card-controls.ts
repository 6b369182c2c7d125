/** Buttons and forms of a card. What a button carries is in button-value.ts. */
import type { Action, Block, FormField } from '../../domain/message.ts'
import { buttonValue, type CardPlace } from './button-value.ts'
import { plainText } from './card-markdown.ts'

interface Control {
  readonly tag: string
  readonly [property: string]: unknown
}

/** Longest text a field takes; the platform's own limit of `input`. */
const LONGEST_INPUT = 1000
const STYLES = { primary: 'primary_filled', danger: 'danger' } as const

/** Buttons side by side, wrapping where the phone ends. */
export function actionElements(actions: readonly Action[], place: CardPlace): Control[] {
  if (actions.length === 0) return []
  return [
    {
      tag: 'column_set',
      flex_mode: 'flow',
      horizontal_spacing: '8px',
      columns: actions.map((action) => ({
        tag: 'column',
        width: 'auto',
        elements: [button(action, place)],
      })),
    },
  ]
}

function button(action: Action, place: CardPlace): Control {
  return {
    tag: 'button',
    text: { tag: 'plain_text', content: plainText(action.label) },
    type: action.style === undefined ? 'default' : STYLES[action.style],
    behaviors: [{ type: 'callback', value: buttonValue(action, place) }],
    ...(action.style === 'danger' ? { confirm: askAgain(action) } : {}),
  }
}

const askAgain = ({ label }: Action) => ({
  title: { tag: 'plain_text', content: '请确认' },
  text: { tag: 'plain_text', content: `确定要「${plainText(label)}」吗？` },
})

/** @param number makes the names unique in a card with several forms. */
export function formElement(
  form: Block & { readonly kind: 'form' },
  place: CardPlace,
  number: number,
): Control {
  return {
    tag: 'form',
    name: `form_${number}`,
    elements: [
      ...form.fields.flatMap(fieldElements),
      { ...button(form.submit, place), form_action_type: 'submit', name: `submit_${number}` },
    ],
  }
}

function fieldElements(field: FormField): Control[] {
  const label = plainText(field.label)
  const placeholder = { tag: 'plain_text', content: PLACEHOLDERS[field.kind] }
  const common = { name: field.name, required: field.required, placeholder, width: 'fill' }
  if (field.kind === 'date') {
    const initial = field.value ? { initial_date: field.value } : {}
    return [
      { tag: 'div', text: { tag: 'plain_text', content: label } },
      { tag: 'date_picker', ...common, ...initial },
    ]
  }
  return [
    {
      tag: 'input',
      ...common,
      label: { tag: 'plain_text', content: label },
      max_length: LONGEST_INPUT,
      ...(field.value === undefined ? {} : { default_value: field.value }),
    },
  ]
}

const PLACEHOLDERS = { text: '请填写', number: '请填数字', date: '请选日期' } as const
