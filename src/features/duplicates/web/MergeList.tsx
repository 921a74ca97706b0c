import { App, Button } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { MergeView } from '../contract.ts'
import { LeftButton } from './LeftButton.tsx'
import { isBeingUndone, useDuplicateActs, useMerges } from './use-duplicates.ts'
import { UsesText } from './UsesText.tsx'
import { duplicateWords } from './words.ts'

/** The newest merges; each can be undone for a while. */
export function MergeList() {
  const t = useWords(duplicateWords)
  const merges = useMerges()
  if (merges.isPending) return <LoadingState rows={6} />
  if (merges.isError) return <ErrorState problem={merges.error} onRetry={() => void merges.refetch()} />
  const shown = merges.data.pages.flatMap((page) => page.merges)
  if (shown.length === 0) return <EmptyState title={t('noMerges')} text={t('noMergesText')} />
  return (
    <div className="duplicates-stack">
      <Panel>
        <ul className="duplicates-rows">
          {shown.map((merge) => (
            <li key={merge.id}>
              <MergeRow merge={merge} />
            </li>
          ))}
        </ul>
      </Panel>
      {merges.hasNextPage && (
        <Button loading={merges.isFetchingNextPage} onClick={() => void merges.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

function MergeRow({ merge }: { readonly merge: MergeView }) {
  const t = useWords(duplicateWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const { undoMerge } = useDuplicateActs()
  const undo = async () => {
    try {
      await undoMerge(merge.id)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const losers = merge.losers.map(({ title }) => title ?? t('unnamed')).join(t('between'))
  const state = merge.undo?.state
  const canUndo = merge.undoableUntil !== null || state === 'failed'
  return (
    <div className="duplicates-row">
      <PageLink to={`/records/${merge.object}/${merge.winnerId}`}>
        {t('became', { losers, winner: merge.winnerTitle ?? t('unnamed') })}
      </PageLink>
      <small className="muted">
        {t('by', { name: merge.mergedByName ?? 'Terrace', at: momentText(String(merge.mergedAt), language) })}
      </small>
      <small className="muted">
        <UsesText uses={merge.moved} />
      </small>
      <span className="duplicates-acts">
        {isBeingUndone(merge) && <span role="status">{t('undoing')}</span>}
        {state === 'done' && <span>{t('undoneState')}</span>}
        {state === 'failed' && <span>{t('undoFailed')}</span>}
        {merge.undo && merge.undo.skipped > 0 && <LeftButton id={merge.id} count={merge.undo.skipped} />}
        {canUndo && (
          <Button size="small" onClick={() => void undo()}>
            {t('undo')}
          </Button>
        )}
      </span>
    </div>
  )
}
