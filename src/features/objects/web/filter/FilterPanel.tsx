import { useMemo, useState } from 'react'
import { Button, Drawer } from 'antd'
import type { Filter } from '#engine/query/filter.ts'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { useLater } from '../use-later.ts'
import type { ScreenObject } from '../use-objects.ts'
import { useTotals } from '../use-records.ts'
import { BuilderProvider } from './builder-context.ts'
import { draftOf, filterOfDraft, newCondition, type DraftGroup } from './draft.ts'
import { FilterGroup } from './FilterGroup.tsx'
import { FilterText } from './FilterText.tsx'
import { toObjectType, useCatalogue } from './use-catalogue.ts'
import { readText, useFilterReading, useTextReading, type FilterRead } from './use-filter-reading.ts'
import { filterWords } from './words.ts'
import './filter.css'

interface FilterPanelProps {
  readonly object: ScreenObject
  readonly filter: Filter | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onChange: (filter: Filter | undefined) => void
}

/** The whole filter language on one sheet: as conditions, as text, in words, with the count of what it matches. */
export function FilterPanel(props: FilterPanelProps) {
  const t = useWords(filterWords)
  const label = useLabel()
  const isPhone = useIsPhone()
  return (
    <Drawer
      open={props.isOpen}
      onClose={props.onClose}
      destroyOnHidden
      title={t('title', { objects: label(props.object.labelOfMany) })}
      {...(isPhone ? { placement: 'bottom', size: '94%' } : { size: 1080 })}
      styles={{ body: { padding: 0, display: 'flex' } }}
    >
      <Builder {...props} />
    </Drawer>
  )
}

const noNames = {}
const noFaults: FilterRead['faults'] = []

function Builder({ object, filter: before, onChange, onClose }: FilterPanelProps) {
  const t = useWords(filterWords)
  const catalogue = useCatalogue()
  const type = useMemo(() => toObjectType(object), [object])
  const [draft, setDraft] = useState(() => startOf(before))
  /** What is being typed; undefined while the text follows the conditions. */
  const [typed, setTyped] = useState<string>()
  const filter = useMemo(() => filterOfDraft(draft, type, catalogue), [draft, type, catalogue])
  const settled = useLater(filter)
  const written = useFilterReading(object.key, settled)
  const settledText = useLater(typed, 200)
  const read = useTextReading(object.key, settledText)
  const isRead = typed !== undefined && settledText === typed
  const meant = isRead && read.data?.text === typed ? read.data : undefined
  // What was typed becomes conditions once it can be read.
  const [taken, setTaken] = useState<FilterRead>()
  if (meant?.filter && meant !== taken) {
    setTaken(meant)
    setDraft(startOf(meant.filter))
  }

  const edit = (next: DraftGroup) => {
    setTyped(undefined)
    setTaken(undefined)
    setDraft(next)
  }
  const names = written.data?.names ?? noNames
  const builder = useMemo(() => ({ catalogue, names }), [catalogue, names])
  const faults = meant?.faults ?? noFaults
  const isBroken = faults.length > 0
  const [isReading, setReading] = useState(false)
  /** What was typed a moment ago counts, too: it is read first. */
  const apply = async () => {
    let told = meant
    if (typed !== undefined && !told) {
      setReading(true)
      told = await readText(object.key, typed).catch(() => undefined)
      setReading(false)
      if (!told || told.faults.length > 0) return
    }
    onChange(told?.filter ? filterOfDraft(draftOf(told.filter), type, catalogue) : filter)
    onClose()
  }
  return (
    <BuilderProvider value={builder}>
      <div className="filter-panel">
        <div className="filter-panel-body">
          <section className="filter-conditions" aria-label={t('conditions')}>
            <FilterGroup object={type} group={draft} depth={1} onChange={edit} />
          </section>
          <section className="filter-side">
            <h2>{t('asText')}</h2>
            <FilterText
              object={object.key}
              text={typed ?? (settled === filter ? (written.data?.text ?? '') : '…')}
              faults={faults}
              onChange={setTyped}
              onSubmit={() => void (!isBroken && apply())}
              onLeave={() => meant?.filter && setTyped(undefined)}
            />
            <h2>{t('inWords')}</h2>
            <p className="filter-words" aria-live="polite" data-stale={isBroken}>
              {written.data?.words}
            </p>
          </section>
        </div>
        <footer className="filter-panel-foot">
          <Matching object={object.key} filter={settled} />
          <Button type="text" onClick={() => edit(startOf(undefined))}>
            {t('clear')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" disabled={isBroken} loading={isReading} onClick={() => void apply()}>
            {t('apply')}
          </Button>
        </footer>
      </div>
    </BuilderProvider>
  )
}

/** Nothing asked yet begins with one row to fill in. */
function startOf(filter: Filter | undefined): DraftGroup {
  const draft = draftOf(filter)
  return draft.parts.length > 0 ? draft : { ...draft, parts: [newCondition()] }
}

function Matching({ object, filter }: { readonly object: string; readonly filter: Filter | undefined }) {
  const t = useWords(filterWords)
  const { data, isPlaceholderData } = useTotals(object, { filter })
  return (
    <span className="filter-count" aria-live="polite" data-stale={isPlaceholderData}>
      {t('matching')} <b className="num">{data ? data.count.toLocaleString('en-US') : t('counting')}</b>
    </span>
  )
}
