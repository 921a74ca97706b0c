import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { dayText } from '#web/kit/date-text.ts'
import { ListPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { DraftPage } from './DraftPage.tsx'
import { NewDraftDialog, SplitDialog } from './NewDraft.tsx'
import { useDrafts } from './use-reorganisations.ts'
import { reorganisationWords } from './words.ts'
import './reorganisation.css'

/** All of them, or the one that the address names. */
export function ReorganisationsPage() {
  const { draft, split } = useAddress()
  const change = useChangeAddress()
  if (draft) return <DraftPage key={draft} id={draft} />
  return (
    <>
      <DraftList />
      {split && (
        <SplitDialog
          unitId={split}
          onClose={() => change({ split: undefined }, { isQuiet: true })}
          onDone={(id) => change({ split: undefined, draft: id }, { isQuiet: true })}
        />
      )}
    </>
  )
}

function DraftList() {
  const t = useWords(reorganisationWords)
  const label = useLabel()
  const language = useLanguage()
  const { today } = useMe()
  const change = useChangeAddress()
  const drafts = useDrafts()
  const [isNew, setNew] = useState(false)
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setNew(true)}>
      {t('new')}
    </Button>
  )
  return (
    <ListPage
      title={t('title')}
      note={t('note')}
      crumbs={<PageLink to="/org">{t('backToOrg')}</PageLink>}
      actions={add}
    >
      {drafts.isPending && <LoadingState rows={6} />}
      {drafts.isError && <ErrorState problem={drafts.error} onRetry={() => void drafts.refetch()} />}
      {drafts.data?.length === 0 && <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={add} />}
      <ul className="reorg-list">
        {drafts.data?.map((draft) => (
          <li key={draft.id}>
            <button type="button" className="plain-button reorg-card" onClick={() => change({ draft: draft.id })}>
              <b>{draft.name}</b>
              <span className="reorg-mark" data-status={draft.status}>
                {t(draft.status)}
              </span>
              <span className="muted num">
                {dayText(draft.effectiveOn, language, today)} · {label(draft.structure)} · {t('steps')} {draft.steps}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {isNew && <NewDraftDialog onClose={() => setNew(false)} onDone={(id) => change({ draft: id })} />}
    </ListPage>
  )
}
