import { Suspense } from 'react'
import type { Credit } from '#engine/model/object-type.ts'
import { momentText, nearDayText, plainDay, plainMoment } from '#web/kit/date-text.ts'
import { exactNumber, shortNumber } from '#web/kit/number-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { dialled } from './dialled.ts'
import { colorOfTag } from './fields/choices.ts'
import { entriesOf } from './fields/control.ts'
import { RatingValue } from './fields/RatingValue.tsx'
import { ReferencesValue } from './fields/ReferencesValue.tsx'
import { RegionValue } from './fields/RegionValue.tsx'
import { RollupValue } from './fields/RollupValue.tsx'
import { TagList } from './fields/TagList.tsx'
import { MaskedValue } from './MaskedValue.tsx'
import { valueTypeOf, type ScreenField } from './use-objects.ts'
import type { RecordRow } from './use-records.ts'
import { usePeopleNames } from './use-people.ts'
import { objectWords } from './words.ts'
import './objects.css'

const FilesValue = lazyPart(() => import('./files/FilesValue.tsx'), 'FilesValue')
const RichText = lazyPart(() => import('./fields/RichText.tsx'), 'RichText')

interface FieldValueProps {
  readonly field: ScreenField
  readonly row: RecordRow
  /** Key of the object, where a masked value can be shown whole. */
  readonly object?: string
  /** In tables: no links, short numbers. */
  readonly isDense?: boolean
  /** On cards: days are spoken, as outside of tables. */
  readonly isCard?: boolean
}

/** One value of a record as people read it; a figure over other records opens to them. */
export function FieldValue(props: FieldValueProps) {
  const { field, row, object, isDense = false } = props
  const shown = row[field.key]
  if (field.masked && typeof shown === 'string' && shown !== '') {
    if (object === undefined || isDense) return <span className="num">{shown}</span>
    const { masked: _masked, ...open } = field
    return (
      <MaskedValue key={`${row.id} ${row.version}`} object={object} id={row.id} field={field} text={shown}>
        {(value) => <PlainValue field={open} row={{ ...row, [field.key]: value }} />}
      </MaskedValue>
    )
  }
  const value = <PlainValue {...props} />
  if (field.type !== 'rollup' || isDense || (row[field.key] ?? null) === null) return value
  return (
    <RollupValue field={field} row={row}>
      {value}
    </RollupValue>
  )
}

function PlainValue({ field, row, isDense = false, isCard = false }: FieldValueProps) {
  const value = row[field.key]
  if (value === null || value === undefined || value === '') return <span className="muted">—</span>
  if (field.type === 'credits') return <CreditsValue value={value} />
  if (typeof value === 'boolean') return <YesNo value={value} />
  const text = String(value)
  switch (valueTypeOf(field)) {
    case 'money':
      return <MoneyValue value={text} currency={field.inBase ? null : row['currency']} isDense={isDense} />
    case 'number':
      return <NumberValue value={text} field={field} />
    case 'percent':
      return <span className="num">{Number(text).toLocaleString('en-US', { maximumFractionDigits: 1 })}%</span>
    case 'rating':
      return <RatingValue field={field} value={text} />
    case 'date':
      return isDense && !isCard ? <span className="num">{plainDay(text)}</span> : <Day day={text} />
    case 'date_time':
      return isDense && !isCard ? <span className="num">{plainMoment(text)}</span> : <Moment instant={text} />
    case 'choice':
      return <ChoiceValue field={field} value={text} />
    case 'multi_choice':
      return <ChoicesValue field={field} keys={entriesOf(value)} isOneLine={isDense && !isCard} />
    case 'tags':
      return <TagsValue tags={entriesOf(value)} isOneLine={isDense && !isCard} />
    case 'reference':
      return <ReferenceValue field={field} id={text} name={row.names[field.key] ?? '—'} isDense={isDense} />
    case 'multi_reference':
      return <ReferencesValue field={field} row={row} isDense={isDense} />
    case 'file':
      return (
        <Suspense fallback={null}>
          <FilesValue field={field} row={row} isDense={isDense} />
        </Suspense>
      )
    case 'owner':
      return <>{row.names[field.key] ?? '—'}</>
    case 'region':
      return <RegionValue code={text} />
    case 'phone':
      return isDense ? <span className="num">{text}</span> : <a href={dialled(text)}>{text}</a>
    case 'email':
      return isDense ? <>{text}</> : <a href={`mailto:${text}`}>{text}</a>
    case 'url':
      return isDense ? <>{text}</> : <WebLink address={text} />
    case 'rich_text':
      if (isDense) return <span className="ellipsis">{text}</span>
      return (
        <Suspense fallback={null}>
          <RichText text={text} />
        </Suspense>
      )
    case 'long_text':
    case 'address':
      return <span className={isDense ? 'ellipsis' : 'long-text'}>{text}</span>
    default:
      return <>{text}</>
  }
}

function MoneyValue({
  value,
  currency,
  isDense,
}: {
  readonly value: string
  readonly currency: unknown
  readonly isDense: boolean
}) {
  const me = useMe()
  const language = useLanguage()
  const code = typeof currency === 'string' && currency !== '' ? currency : me.company.currency
  if (isDense) return <Figure value={value} unit="money" currency={code} />
  const short = shortNumber(value, { unit: 'money', language })
  return (
    <span className="num">
      <Figure value={value} unit="money" currency={code} exact />
      {/[万亿KMB]$/.test(short) && <span className="muted"> ≈ {short}</span>}
    </span>
  )
}

function NumberValue({ value, field }: { readonly value: string; readonly field: ScreenField }) {
  const language = useLanguage()
  // Years are numbers that are not grouped.
  const text = /year/i.test(field.key) ? value : exactNumber(value, { unit: 'count', language })
  return <span className="num">{text}</span>
}

function Day({ day }: { readonly day: string }) {
  const { today } = useMe()
  return <span className="num">{nearDayText(day, useLanguage(), today)}</span>
}

function Moment({ instant }: { readonly instant: string }) {
  return <span className="num">{momentText(instant, useLanguage())}</span>
}

function YesNo({ value }: { readonly value: boolean }) {
  const k = useWords(kitWords)
  return <>{k(value ? 'yes' : 'no')}</>
}

function ChoiceValue({ field, value }: { readonly field: ScreenField; readonly value: string }) {
  const label = useLabel()
  const choice = field.choices?.find((known) => known.key === value)
  return (
    <span className="choice" data-color={choice?.color ?? 'default'}>
      {choice ? label(choice.label) : value}
    </span>
  )
}

interface ChoicesValueProps {
  readonly field: ScreenField
  readonly keys: readonly string[]
  readonly isOneLine: boolean
}

function ChoicesValue({ field, keys, isOneLine }: ChoicesValueProps) {
  const label = useLabel()
  const tags = keys.map((key) => {
    const choice = field.choices?.find((known) => known.key === key)
    return { key, text: choice ? label(choice.label) : key, color: choice?.color ?? 'default' }
  })
  return <TagList tags={tags} isOneLine={isOneLine} />
}

function TagsValue({ tags, isOneLine }: { readonly tags: readonly string[]; readonly isOneLine: boolean }) {
  return <TagList tags={tags.map((tag) => ({ key: tag, text: tag, color: colorOfTag(tag) }))} isOneLine={isOneLine} />
}

interface ReferenceValueProps {
  readonly field: ScreenField
  readonly id: string
  readonly name: string
  readonly isDense: boolean
}

function ReferenceValue({ field, id, name, isDense }: ReferenceValueProps) {
  const open = useOpenRecord()
  const { to } = field
  if (isDense || !to || to === 'stage') return <>{name}</>
  return (
    <button type="button" className="plain-button text-link" onClick={() => open(to, id)}>
      {name}
    </button>
  )
}

function WebLink({ address }: { readonly address: string }) {
  const full = /^https?:\/\//i.test(address) ? address : `https://${address}`
  return (
    <a href={full} target="_blank" rel="noreferrer noopener">
      {address}
    </a>
  )
}

/** Credits as the API sends them; anything else is shown as none. */
export function creditsOf(value: unknown): readonly Credit[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (part): part is Credit => typeof part === 'object' && part !== null && 'person' in part && 'percent' in part,
  )
}

function CreditsValue({ value }: { readonly value: unknown }) {
  const t = useWords(objectWords)
  const names = usePeopleNames()
  const credits = creditsOf(value)
  if (credits.length === 0) return <span className="muted">{t('creditsNone')}</span>
  return (
    <span className="num">
      {credits.map((credit) => `${names.get(credit.person) ?? '—'} ${Number(credit.percent)}%`).join(' · ')}
    </span>
  )
}
