import { Drawer } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import type { PlanSummary } from '../../contract.ts'
import { showPathDifferencesRoute } from '../../path-contract.ts'
import { DifferenceTable } from './DifferenceTable.tsx'
import { pathWords } from './path-words.ts'

/** What a review has to look at: the year of every row, as published last and as it is now. */
export function PathDifferences({ plan, onClose }: { readonly plan: PlanSummary; readonly onClose: () => void }) {
  const t = useWords(pathWords)
  const k = useWords(kitWords)
  const found = useQuery({
    queryKey: ['plan', plan.id, 'path', 'differences'],
    queryFn: ({ signal }) => call(showPathDifferencesRoute, { params: { planId: plan.id }, signal }),
  })
  return (
    <Drawer open size={640} title={t('differences')} onClose={onClose} closable={{ 'aria-label': k('close') }}>
      {found.error ? (
        <ErrorState problem={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <LoadingState />
      ) : found.data.rows.length === 0 ? (
        <EmptyState title={t('same')} text={t('sameText')} />
      ) : (
        <>
          <p className="muted">
            {found.data.since === null ? t('neverPublished') : t('since', { n: found.data.since })}
          </p>
          <DifferenceTable
            measure={plan.measure}
            lines={found.data.rows.map(({ node, level, name, before, after }) => ({
              key: `${level}:${node}`,
              name: level === 'target' ? name : `${name} · ${t(level)}`,
              before,
              after,
            }))}
          />
        </>
      )}
    </Drawer>
  )
}
