import { Button } from 'antd'
import { ListPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useMay } from '#web/session/me.ts'
import { useAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { auditRead } from '../contract.ts'
import { AuditActs } from './AuditActs.tsx'
import { AuditBar } from './AuditBar.tsx'
import { AuditEntry } from './AuditEntry.tsx'
import { narrowingIn, useAuditPages } from './use-audit.ts'
import { auditWords } from './words.ts'
import './audit.css'

/** The audit log. `?person=` `?object=` `?target=` `?action=` `?origin=` `?from=` `?to=` */
export function AuditPage() {
  const t = useWords(auditWords)
  const k = useWords(kitWords)
  const mayRead = useMay(auditRead)
  const narrowing = narrowingIn(useAddress())
  const pages = useAuditPages(narrowing)
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <ListPage
      title={t('title')}
      note={t('note')}
      actions={mayRead && <AuditActs narrowing={narrowing} />}
      bar={mayRead && <AuditBar narrowing={narrowing} />}
    >
      {pages.isPending ? (
        <LoadingState rows={8} />
      ) : pages.isError ? (
        <ErrorState problem={pages.error} onRetry={() => void pages.refetch()} />
      ) : entries.length === 0 ? (
        <EmptyState title={t('noneTitle')} text={t('noneText')} />
      ) : (
        <div className="audit-scroll">
          <ol className="audit-entries" aria-label={t('title')}>
            {entries.map((entry) => (
              <AuditEntry key={entry.id} entry={entry} />
            ))}
          </ol>
          {pages.hasNextPage && (
            <Button block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {k('more')}
            </Button>
          )}
        </div>
      )}
    </ListPage>
  )
}
