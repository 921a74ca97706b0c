import { isRegionName } from './region-name.ts'

/** Longest first: 股份有限公司 must not leave 股份 behind. */
const chineseForms = [
  '股份有限责任公司',
  '有限责任公司',
  '股份有限公司',
  '集团有限公司',
  '有限公司',
  '股份公司',
  '有限合伙',
  '总公司',
  '公司',
  '股份',
  '集团',
]
const latinForms = new Set([
  ...['co', 'ltd', 'limited', 'inc', 'incorporated', 'corp', 'corporation', 'company', 'llc', 'llp', 'lp', 'plc'],
  ...['gmbh', 'ag', 'kg', 'sa', 'sas', 'sarl', 'srl', 'spa', 'bv', 'nv', 'ab', 'oy', 'as', 'aps', 'kk', 'pte', 'pty'],
  ...['group', 'holdings', 'the', 'and'],
])
const bracketed = /\(([^()]*)\)/g

/**
 * A company's name without what two spellings of it differ by: width, case, spaces, marks, the legal form, and a region
 * or legal form in brackets. A name of nothing else stays whole: 集团公司 is called so.
 */
export function bareCompanyName(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().trim()
  const plain = withoutMarks(folded)
  const bare = withoutChineseForm(withoutMarks(withoutLatinForms(withoutBrackets(folded))))
  return bare === '' ? plain : bare
}

function withoutMarks(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Brackets that say where it is or what form it has; others belong to the name. */
function withoutBrackets(text: string): string {
  return text
    .replace(/[[【〔{]/g, '(')
    .replace(/[\]】〕}]/g, ')')
    .replace(bracketed, (_whole, inner: string) => (isBeside(inner.trim()) ? ' ' : ` ${inner} `))
}

function isBeside(inner: string): boolean {
  return inner === '' || isRegionName(inner) || chineseForms.includes(inner) || latinForms.has(inner.replace(/\./g, ''))
}

/** Words of a legal form at the end, or "the" and "and" anywhere: Acme Trading Co., Ltd. */
function withoutLatinForms(text: string): string {
  const words = text
    .replace(/(?<=\p{L})\.(?=\p{L}(\.|\s|$|,))/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'the' && word !== 'and')
  while (words.length > 1 && latinForms.has(words.at(-1) ?? '')) words.pop()
  return words.join(' ')
}

/** 分公司 is another company than its head office. */
function withoutChineseForm(name: string): string {
  if (name.endsWith('分公司')) return name
  const form = chineseForms.find((one) => name.endsWith(one) && name.length > one.length)
  return form === undefined ? name : withoutChineseForm(name.slice(0, -form.length))
}
