import { useState } from 'react'
import { Alert, App, Button } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import { call } from '#web/api/call.ts'
import { dayText } from '#web/kit/date-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useMe } from '#web/session/me.ts'
import { useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import {
  confirmDraftRoute,
  deleteDraftRoute,
  revokeDraftRoute,
  saveDraftRoute,
  type DraftShape,
  type DrawnDraft,
} from '../contract.ts'
import { BeforeAfter } from './BeforeAfter.tsx'
import { EffectsPanel } from './EffectsPanel.tsx'
import { EditDraftDialog } from './NewDraft.tsx'
import { StepDialog } from './StepDialog.tsx'
import { Vacancies } from './Vacancies.tsx'
import { useStepText } from './use-step-text.ts'
import { useDraft, useDraftAct, useRevisions } from './use-reorganisations.ts'
import { reorganisationWords } from './words.ts'

/** One reorganisation: its steps, the tree before and after, and what it would do. */
export function DraftPage({ id }: { readonly id: string }) {
  const t = useWords(reorganisationWords)
  const label = useLabel()
  const language = useLanguage()
  const { today } = useMe()
  const shown = useDraft(id)
  const crumbs = (
    <PageLink to="/org/reorganisations" search={{ draft: undefined }}>
      {t('title')}
    </PageLink>
  )
  if (!shown.data) {
    return (
      <BoardPage title={t('title')} crumbs={crumbs}>
        {shown.isError ? (
          <ErrorState problem={shown.error} onRetry={() => void shown.refetch()} />
        ) : (
          <LoadingState rows={10} />
        )}
      </BoardPage>
    )
  }
  const { draft, faults } = shown.data
  return (
    <BoardPage
      title={draft.name}
      note={`${t(draft.status)} · ${t('effectiveOn')} ${dayText(draft.effectiveOn, language, today)} · ${label(draft.structure)}`}
      crumbs={crumbs}
      actions={<DraftActions draft={draft} />}
    >
      <div className="reorg-page">
        {faults.length > 0 && draft.status === 'draft' && (
          <Alert
            type="warning"
            showIcon
            title={t('faults')}
            description={faults.map((fault) => `${fault.step + 1}. ${fault.message}`).join(' ')}
          />
        )}
        <Steps shown={shown.data} />
        <Panel flush>
          <BeforeAfter shown={shown.data} />
        </Panel>
        <Vacancies before={shown.data.before} after={shown.data.after} />
        <EffectsPanel draft={draft} />
        <Revisions draft={draft} />
      </div>
    </BoardPage>
  )
}

function DraftActions({ draft }: { readonly draft: DraftShape }) {
  const t = useWords(reorganisationWords)
  const k = useWords(kitWords)
  const { modal } = App.useApp()
  const language = useLanguage()
  const { today } = useMe()
  const change = useChangeAddress()
  const [isEditing, setEditing] = useState(false)
  const { id, version } = draft
  const confirm = useDraftAct(() => call(confirmDraftRoute, { params: { id }, body: { version } }))
  const revoke = useDraftAct(() => call(revokeDraftRoute, { params: { id }, body: { version } }))
  const remove = useDraftAct(() => call(deleteDraftRoute, { params: { id } }), {
    onDone: () => change({ draft: undefined }),
  })
  const ask = (title: string, content: string | null, act: () => void) =>
    void modal.confirm({ title, content, okText: title, cancelText: k('cancel'), onOk: act })
  return (
    <>
      {draft.can.edit && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
      {draft.can.edit && (
        <Button
          danger
          loading={remove.isPending}
          onClick={() => ask(t('delete'), null, () => remove.mutate(undefined))}
        >
          {t('delete')}
        </Button>
      )}
      {draft.can.confirm && (
        <Button
          type="primary"
          loading={confirm.isPending}
          disabled={draft.steps.length === 0}
          onClick={() =>
            ask(t('confirm'), t('confirmText', { day: dayText(draft.effectiveOn, language, today) }), () =>
              confirm.mutate(undefined),
            )
          }
        >
          {t('confirm')}
        </Button>
      )}
      {draft.can.revoke && (
        <Button
          danger
          loading={revoke.isPending}
          onClick={() => ask(t('revoke'), t('revokeText'), () => revoke.mutate(undefined))}
        >
          {t('revoke')}
        </Button>
      )}
      {isEditing && <EditDraftDialog draft={draft} onClose={() => setEditing(false)} />}
    </>
  )
}

function Steps({ shown }: { readonly shown: DrawnDraft }) {
  const t = useWords(reorganisationWords)
  const say = useStepText(shown)
  const { draft } = shown
  const [isAdding, setAdding] = useState(false)
  const save = useDraftAct((steps: DraftShape['steps']) =>
    call(saveDraftRoute, {
      params: { id: draft.id },
      body: { version: draft.version, name: draft.name, effectiveOn: draft.effectiveOn, steps },
    }),
  )
  const add = draft.can.edit && (
    <Button type="primary" size="small" onClick={() => setAdding(true)}>
      {t('addStep')}
    </Button>
  )
  return (
    <Panel title={t('steps')} extra={add}>
      {draft.steps.length === 0 && <p className="muted">{t('noSteps')}</p>}
      <ol className="reorg-steps">
        {draft.steps.map((step, at) => (
          <li key={at}>
            <span>{say(step)}</span>
            {draft.can.edit && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('removeStep', { n: at + 1 })}
                loading={save.isPending}
                onClick={() => save.mutate(draft.steps.filter((_, other) => other !== at))}
              />
            )}
          </li>
        ))}
      </ol>
      {isAdding && <StepDialog shown={shown} onClose={() => setAdding(false)} />}
    </Panel>
  )
}

function Revisions({ draft }: { readonly draft: DraftShape }) {
  const t = useWords(reorganisationWords)
  const language = useLanguage()
  const { today } = useMe()
  const revisions = useRevisions(draft.id, draft.version)
  return (
    <details className="reorg-revisions">
      <summary>{t('history')}</summary>
      <ul>
        {revisions.data?.map((one) => (
          <li key={one.version}>
            <span className="num">{one.version}</span> {t(`revision_${one.kind}`)} · {one.by ?? '—'} ·{' '}
            {dayText(one.at.slice(0, 10), language, today)} · {t('steps')} {one.steps.length}
          </li>
        ))}
      </ul>
    </details>
  )
}
