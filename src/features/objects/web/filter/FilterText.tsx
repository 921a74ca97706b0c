import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useWords } from '#web/words/use-words.ts'
import { useLater } from '../use-later.ts'
import { useCompletions, type FilterRead } from './use-filter-reading.ts'
import { filterWords } from './words.ts'

type Fault = FilterRead['faults'][number]

interface FilterTextProps {
  readonly object: string
  readonly text: string
  readonly faults: readonly Fault[]
  readonly onChange: (text: string) => void
  /** Enter, where nothing is suggested. */
  readonly onSubmit: () => void
  readonly onLeave: () => void
}

/** The filter as text, with suggestions at the cursor and what cannot be read marked in place. */
export function FilterText({ object, text, faults: found, onChange, onSubmit, onLeave }: FilterTextProps) {
  const t = useWords(filterWords)
  const id = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const [cursor, setCursor] = useState<number>()
  const [chosen, setChosen] = useState(-1)
  const asked = useLater(cursor === undefined ? undefined : { text, cursor }, 120)
  const { data } = useCompletions(object, asked?.text ?? '', cursor === undefined ? undefined : asked?.cursor)
  // Suggestions for what was written a moment ago do not fit what is written now.
  const isCurrent = cursor !== undefined && asked?.text === text && asked.cursor === cursor
  const options = isCurrent ? (data?.options ?? []) : []
  // Who is being told how to go on knows that it is not finished.
  const faults = options.length > 0 ? found.filter((fault) => fault.code !== 'unfinished') : found
  const apply = (at: number) => {
    const option = options[at]
    if (!option || !data) return
    const isDone = option.kind === 'value' || (option.kind === 'word' && !option.insert.endsWith('('))
    const inserted = isDone ? `${option.insert} ` : option.insert
    const next = text.slice(0, data.from) + inserted + text.slice(data.to)
    const place = data.from + inserted.length
    // At once and not a frame later: what is typed in between would land before the caret is set.
    flushSync(() => {
      onChange(next)
      setChosen(-1)
      setCursor(place)
    })
    input.current?.setSelectionRange(place, place)
  }
  const press = (event: KeyboardEvent) => {
    const isMove = event.key === 'ArrowDown' || event.key === 'ArrowUp'
    if (isMove && options.length > 0) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setChosen((chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length)
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen >= 0 && options.length > 0) {
      event.preventDefault()
      apply(chosen)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onSubmit()
    } else if (event.key === 'Escape' && options.length > 0) {
      event.stopPropagation()
      setCursor(undefined)
    }
  }
  const follow = (element: HTMLTextAreaElement) => {
    setCursor(element.selectionStart)
    setChosen(-1)
  }
  return (
    <div className="filter-text">
      <div className="filter-text-field">
        <div className="filter-text-marks" aria-hidden>
          <Marked text={text} faults={faults} />
        </div>
        <textarea
          ref={input}
          aria-label={t('asText')}
          role="combobox"
          aria-expanded={options.length > 0}
          aria-controls={`${id}-options`}
          aria-autocomplete="list"
          {...(chosen >= 0 ? { 'aria-activedescendant': `${id}-${chosen}` } : {})}
          {...(faults.length > 0 ? { 'aria-invalid': true, 'aria-describedby': `${id}-faults` } : {})}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          rows={3}
          value={text}
          placeholder={t('textHint')}
          onChange={(event) => {
            onChange(event.target.value.replaceAll('\n', ' '))
            follow(event.target)
          }}
          onSelect={(event) => event.currentTarget.selectionStart !== cursor && follow(event.currentTarget)}
          onKeyDown={press}
          onBlur={() => {
            setCursor(undefined)
            onLeave()
          }}
        />
      </div>
      {faults.length > 0 && (
        <ul id={`${id}-faults`} className="filter-faults" role="alert">
          {faults.map((fault) => (
            <li key={`${fault.from}-${fault.code}`}>
              <button
                type="button"
                className="plain-button"
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  input.current?.focus()
                  input.current?.setSelectionRange(fault.from, fault.to)
                }}
              >
                {fault.to > fault.from
                  ? t('faultAt', { text: text.slice(fault.from, fault.to), message: fault.message })
                  : t('faultAtEnd', { message: fault.message })}
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul
        id={`${id}-options`}
        className="filter-options"
        role="listbox"
        aria-label={t('suggestions')}
        hidden={options.length === 0}
      >
        {options.map((option, at) => (
          <li
            key={`${option.kind} ${option.insert}`}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === chosen}
            ref={at === chosen ? (element) => element?.scrollIntoView?.({ block: 'nearest' }) : undefined}
            // The text keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => apply(at)}
          >
            <span className="filter-option-insert">{option.insert}</span>
            {option.label !== option.insert && <span className="muted">{option.label}</span>}
            {option.detail !== undefined && <span className="muted">{option.detail}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The same text behind the input, with a wave under what cannot be read. */
function Marked({ text, faults }: { readonly text: string; readonly faults: readonly Fault[] }) {
  return stretchesOf(text, faults).map(({ from, to, isFault }) =>
    isFault ? <mark key={from}>{text.slice(from, to)}</mark> : <span key={from}>{text.slice(from, to)}</span>,
  )
}

/** The text cut where faults begin and end; of faults that overlap the first counts. */
function stretchesOf(text: string, faults: readonly Fault[]) {
  const sorted = faults.filter(({ from, to }) => from < to && to <= text.length).toSorted((a, b) => a.from - b.from)
  const apart = sorted.filter((fault, at) => sorted.slice(0, at).every((before) => before.to <= fault.from))
  const cuts = [0, ...apart.flatMap(({ from, to }) => [from, to]), text.length]
  return cuts
    .slice(0, -1)
    .map((from, at) => ({ from, to: cuts[at + 1] ?? text.length, isFault: at % 2 === 1 }))
    .filter(({ from, to }) => from < to)
}
