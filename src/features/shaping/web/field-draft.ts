import type { Label } from '#base/label.ts'
import type { Aggregate } from '#engine/query/filter.ts'
import type { customTypes, FieldDraft } from '../contract.ts'

export type CustomType = (typeof customTypes)[number]
export type ChoiceDraft = NonNullable<FieldDraft['choices']>[number]
export type RollupDraft = NonNullable<FieldDraft['rollup']>
export type FormulaDraft = NonNullable<FieldDraft['formula']>

/** What can be set about a field; which of them apply depends on its type. */
export type Setting =
  | 'required'
  | 'unique'
  | 'oftenFiltered'
  | 'personal'
  | 'inList'
  | 'choices'
  | 'to'
  | 'maxLength'
  | 'min'
  | 'max'
  | 'whole'
  | 'numbering'
  | 'formula'
  | 'rollup'
  | 'single'
  | 'imagesOnly'
  | 'requiredIf'
  | 'visibleIf'

const filled = ['required', 'requiredIf', 'visibleIf', 'personal'] as const
const listed = [...filled, 'inList'] as const
const found = [...listed, 'oftenFiltered'] as const
const bounds = ['min', 'max'] as const
const seen = ['inList', 'visibleIf'] as const

const settings: Readonly<Record<CustomType, readonly Setting[]>> = {
  text: [...found, 'unique', 'maxLength'],
  long_text: [...filled, 'maxLength'],
  rich_text: filled,
  number: [...found, ...bounds, 'whole'],
  money: [...found, ...bounds],
  percent: [...found, ...bounds],
  rating: found,
  date: found,
  date_time: found,
  yes_no: ['oftenFiltered', ...seen],
  choice: [...found, 'choices'],
  multi_choice: [...found, 'choices'],
  tags: listed,
  phone: [...found, 'unique'],
  email: [...found, 'unique'],
  url: [...found, 'unique'],
  address: listed,
  region: found,
  reference: [...listed, 'to'],
  multi_reference: [...listed, 'to'],
  owner: listed,
  file: [...listed, 'single', 'imagesOnly'],
  auto_number: [...seen, 'numbering'],
  formula: [...seen, 'formula'],
  rollup: [...seen, 'rollup'],
}

export function hasSetting(type: CustomType, setting: Setting): boolean {
  return settings[type].includes(setting)
}

/** A new field of a type, with what it begins with. */
export function newField(type: CustomType): FieldDraft {
  return {
    label: { zh: '', en: '' },
    type,
    ...(hasSetting(type, 'inList') ? { inList: true } : {}),
    ...(hasSetting(type, 'choices') ? { choices: [newChoice(), newChoice()] } : {}),
    ...(type === 'auto_number' ? { numbering: 'HT-{YYYY}-{0000}' } : {}),
    ...(type === 'formula' ? { formula: { expression: '', result: 'number' as const } } : {}),
  }
}

export function newChoice(): ChoiceDraft {
  return { label: { zh: '', en: '' } }
}

/** A name given in one language stands for both. */
export function inBoth({ zh, en }: Label): Label {
  const [chinese, english] = [zh.trim(), en.trim()]
  return { zh: chinese || english, en: english || chinese }
}

const isNamed = ({ zh, en }: Label) => zh.trim() !== '' || en.trim() !== ''

/** The draft as it is sent: names in both languages, empty lines of choices and what is not set left out. */
export function readyDraft(draft: FieldDraft): FieldDraft {
  const { label, help, choices, ...rest } = draft
  const set = Object.entries(rest).filter(([, value]) => value !== undefined && value !== false && value !== '')
  return {
    // Only parts of the draft itself were left out.
    ...(Object.fromEntries(set) as typeof rest),
    label: inBoth(label),
    ...(help && isNamed(help) ? { help: inBoth(help) } : {}),
    ...(choices ? { choices: choices.filter((one) => isNamed(one.label)).map(readyChoice) } : {}),
  }
}

function readyChoice({ label, ...rest }: ChoiceDraft): ChoiceDraft {
  return { ...rest, label: inBoth(label) }
}

/** What a roll-up amounts to: a count is a number, the rest are what they are made of. */
export function resultOf(aggregate: Aggregate, measured: string | undefined): RollupDraft['result'] {
  if (aggregate === 'count') return 'number'
  return measured === 'money' || measured === 'percent' || measured === 'date' ? measured : 'number'
}

const outsideFormulas: ReadonlySet<string> = new Set([
  'credits',
  'file',
  'multi_choice',
  'multi_reference',
  'owner',
  'reference',
  'tags',
])

/** Whether a value of the type can stand in a formula. */
export function canStandInFormula(type: string): boolean {
  return !outsideFormulas.has(type)
}
