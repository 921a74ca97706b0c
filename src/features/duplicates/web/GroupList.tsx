import { App, Button, Progress } from 'antd'
import { FieldValue, textOf, titleOf, type RecordRow, type ScreenObject } from '#features/objects/web/index.tsx'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useGo } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { ScanView } from '../contract.ts'
import { useDuplicateActs, useGroups, type Group } from './use-duplicates.ts'
import { duplicateWords } from './words.ts'

/** Records that are merged at once. */
const mostMerged = 5
const mostFacts = 4

interface GroupListProps {
  readonly object: ScreenObject
  readonly mayScan: boolean
}

/** What the last look through all records found, group by group. */
export function GroupList({ object, mayScan }: GroupListProps) {
  const t = useWords(duplicateWords)
  const { message } = App.useApp()
  const pages = useGroups(object.key)
  const { scan, keepApart } = useDuplicateActs()
  const newest = pages.data?.pages[0]?.scan ?? null
  const groups = pages.data?.pages.flatMap((page) => page.groups) ?? []
  const carryOut = async (act: () => Promise<unknown>, done?: string) => {
    try {
      await act()
      if (done) void message.success(done)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const isBusy = newest?.state === 'queued' || newest?.state === 'running'
  const look = mayScan && (
    <Button type="primary" disabled={isBusy} onClick={() => void carryOut(() => scan(object.key))}>
      {t('scan')}
    </Button>
  )
  if (pages.isPending) return <LoadingState rows={8} />
  if (pages.isError) return <ErrorState problem={pages.error} onRetry={() => void pages.refetch()} />
  if (!newest) return <EmptyState title={t('noScanTitle')} text={t('noScanText')} action={look} />
  return (
    <div className="duplicates-stack">
      <div className="duplicates-bar">
        <ScanLine scan={newest} />
        {look}
      </div>
      {groups.length === 0 && !isBusy && <EmptyState title={t('cleanTitle')} text={t('cleanText')} />}
      {groups.map((group) => (
        <GroupCard
          key={group.place}
          object={object}
          group={group}
          onApart={(ids) => void carryOut(() => keepApart(object.key, ids), t('keptApart'))}
        />
      ))}
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

/** Sums are told to those who see all groups only: to others they would fit nothing on their page. */
function ScanLine({ scan }: { readonly scan: ScanView }) {
  const t = useWords(duplicateWords)
  const language = useLanguage()
  const { state, total, done, groups } = scan
  if (state === 'failed') return <span>{t('scanFailed')}</span>
  const hasSums = total !== undefined && done !== undefined && groups !== undefined
  if (state === 'done') {
    const at = momentText(String(scan.finishedAt), language)
    if (!hasSums) return <span className="muted">{t('scannedAt', { at })}</span>
    const leftOut = total - done
    return (
      <span className="muted">
        {t('scanned', { at, n: groups })}
        {leftOut > 0 && ` ${t('crowded', { n: leftOut })}`}
      </span>
    )
  }
  if (!hasSums) return <span role="status">{t('scanningNow')}</span>
  const text = t('scanning', { done: done.toLocaleString('en-US'), total: total.toLocaleString('en-US') })
  const percent = total > 0 ? Math.round((done / total) * 100) : 0
  return (
    <span className="duplicates-progress" role="status">
      {text}
      <Progress percent={percent} size="small" showInfo={false} aria-label={text} />
    </span>
  )
}

interface GroupCardProps {
  readonly object: ScreenObject
  readonly group: Group
  readonly onApart: (ids: readonly string[]) => void
}

function GroupCard({ object, group, onApart }: GroupCardProps) {
  const t = useWords(duplicateWords)
  const go = useGo()
  const ids = group.rows.map(({ id }) => id)
  const canMerge = object.can.update && object.can.delete
  return (
    <Panel
      title={t('groupOf', { n: group.size })}
      extra={
        <span className="duplicates-acts">
          {object.can.update && (
            <Button size="small" onClick={() => onApart(ids)}>
              {t('apart')}
            </Button>
          )}
          {canMerge && (
            <Button
              size="small"
              type="primary"
              onClick={() => go('/merge', { object: object.key, ids: ids.slice(0, mostMerged).join(',') })}
            >
              {t('merge')}
            </Button>
          )}
        </span>
      }
    >
      <p className="muted duplicates-reasons">{group.reasons.join(' · ')}</p>
      {ids.length > mostMerged && <p className="muted">{t('mostFirst', { n: mostMerged })}</p>}
      <ul className="duplicates-rows">
        {group.rows.map((row) => (
          <li key={row.id}>
            <Row object={object} row={row} />
          </li>
        ))}
      </ul>
      {group.size > ids.length && <p className="muted">{t('andMore', { n: group.size - ids.length })}</p>}
    </Panel>
  )
}

function Row({ object, row }: { readonly object: ScreenObject; readonly row: RecordRow }) {
  const t = useWords(duplicateWords)
  const label = useLabel()
  const language = useLanguage()
  const compared = object.compared ?? []
  const facts = object.fields
    .filter((field) => field.key !== object.title && (compared.includes(field.key) || field.inList))
    .filter(({ key }) => textOf(row, key) !== '')
    .slice(0, mostFacts)
  return (
    <div className="duplicates-row">
      <PageLink to={`/records/${object.key}/${row.id}`}>{titleOf(object, row, language)}</PageLink>
      {facts.map((field) => (
        <span key={field.key} className="duplicates-fact">
          <small className="muted">{label(field.label)}</small> <FieldValue field={field} row={row} isDense />
        </span>
      ))}
      <small className="muted">{t('changedAt', { at: momentText(String(row.updatedAt), language) })}</small>
    </div>
  )
}
