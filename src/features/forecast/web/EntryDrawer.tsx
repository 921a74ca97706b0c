import { useCallback } from 'react'
import { Drawer } from 'antd'
import { dayText } from '#web/kit/date-text.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { categoryKeys, type CategoryKey } from '../contract.ts'
import { saidAs } from '../roll-up.ts'
import { DealTable } from './DealTable.tsx'
import { useClosedOfEntry, useEntry } from './use-forecast.ts'
import { forecastWords } from './words.ts'

/** Opens what somebody said, or what came of it: `?said=entry` and `?came=entry`. */
export function useOpenEntry(): (what: 'said' | 'came', entry: string) => void {
  const change = useChangeAddress()
  return useCallback((what, entry) => change({ said: undefined, came: undefined, [what]: entry }), [change])
}

/** A submission with the deals as they were, or what closed in its period, over the page. */
export function EntryDrawer({ currency }: { readonly currency: string }) {
  const t = useWords(forecastWords)
  const k = useWords(kitWords)
  const change = useChangeAddress()
  const { said, came } = useAddress()
  if (said === undefined && came === undefined) return null
  return (
    <Drawer
      open
      onClose={() => change({ said: undefined, came: undefined })}
      size="min(760px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={t(said === undefined ? 'whatCame' : 'whatWasSaid')}
    >
      {said === undefined ? <Came entry={came ?? ''} currency={currency} /> : <Said entry={said} />}
    </Drawer>
  )
}

const asCategory = (text: string): CategoryKey => categoryKeys.find((key) => key === text) ?? 'pipeline'

function Said({ entry: id }: { readonly entry: string }) {
  const t = useWords(forecastWords)
  const label = useLabel()
  const language = useLanguage()
  const entry = useEntry(id)
  if (entry.isError) return <ErrorState problem={entry.error} onRetry={() => void entry.refetch()} />
  if (!entry.data) return <LoadingState rows={6} />
  const { byName, personName, unitName, at, period, currency, system, commit, bestCase, note, deals, kind } = entry.data
  const whom = personName ?? unitName ?? ''
  const landing = saidAs('cumulative', { closed: system.closed, commit: commit ?? '0', bestCase: bestCase ?? '0' })
  const figures = [
    ['closedThen', system.closed],
    ['saidCommit', commit],
    ['landingCommit', commit && landing.commit],
    ['saidBest', bestCase],
    ['landingBest', bestCase && landing.bestCase],
  ] as const
  return (
    <>
      <p>
        <b>{kind === 'submission' ? byName : t('by', { by: byName, whom })}</b>{' '}
        <span className="muted">{`${label(period.label)} · ${dayText(at, language)}`}</span>
      </p>
      {note && <q>{note}</q>}
      <dl className="forecast-figures">
        {figures.map(([key, value]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>
              <Figure value={value} unit="money" currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
      <h4>{t('dealsThen')}</h4>
      <DealTable
        rows={deals.map((deal) => ({ ...deal, category: asCategory(deal.category) }))}
        count={deals.length}
        order="largestFirst"
        currency={currency}
      />
    </>
  )
}

function Came({ entry, currency }: { readonly entry: string; readonly currency: string }) {
  const closed = useClosedOfEntry(entry)
  if (closed.isError) return <ErrorState problem={closed.error} onRetry={() => void closed.refetch()} />
  if (!closed.data) return <LoadingState rows={6} />
  const { rows, total, count } = closed.data
  return (
    <>
      <DealTable rows={rows} count={count} order="latestFirst" total={total} currency={currency} />
      <MoreButton pages={closed} />
    </>
  )
}
