import { useState } from 'react'
import { Alert, App, Button } from 'antd'
import { ApiProblem } from '#web/api/problem.ts'
import { EditorPage } from '#web/kit/PageShape.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useUnsavedGuard } from '#web/kit/use-unsaved-guard.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { brandNames } from '../brand-names.ts'
import type { Connection } from '../contract.ts'
import { BrandIcon } from './BrandIcon.tsx'
import { changeOf, isChanged, isOtherApp, type ConnectionDraft } from './connection-draft.ts'
import { ConnectionForm, connectionFormId } from './ConnectionForm.tsx'
import { GuidePanel } from './GuidePanel.tsx'
import { RunDrawer } from './RunDrawer.tsx'
import { RunsPanel } from './RunsPanel.tsx'
import { StatusPanel } from './StatusPanel.tsx'
import { useConnectionActs } from './use-workplaces.ts'
import { workplaceWords } from './words.ts'

/** One brand: how it fares, what it has brought, and its settings, which hold once they are saved. */
export function BrandPage({ connection: newest }: { readonly connection: Connection }) {
  const t = useWords(workplaceWords)
  const label = useLabel()
  const address = useAddress()
  const change = useChangeAddress()
  const { message } = App.useApp()
  const { brand } = newest
  const acts = useConnectionActs(brand)
  /** As it was when these changes began: what somebody else saves meanwhile does not take them away. */
  const [base, setBase] = useState(newest)
  /** Counts how often the form began anew. */
  const [edition, setEdition] = useState(0)
  const [isTouched, setTouched] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  useUnsavedGuard(isTouched, (place) => String(place.get('brand')))

  const beginWith = (next: Connection) => {
    setBase(next)
    setEdition((before) => before + 1)
    setTouched(false)
    setProblem(undefined)
  }
  if (!isSame(newest, base) && !isTouched && !acts.save.isPending) beginWith(newest)
  /** Throws what the server refused, for the form to say at its fields. */
  const save = async (draft: ConnectionDraft) => {
    setProblem(undefined)
    try {
      beginWith(await acts.save.mutateAsync(changeOf(draft, base.version)))
    } catch (refusal) {
      setProblem(refusal)
      if (!isConflict(refusal)) void message.error(problemText(refusal))
      throw refusal
    }
    void message.success(t('saved'))
    // Whether the new values are right is asked at once, not by tonight's sync.
    if (isOtherApp(draft, base)) acts.test.mutate()
  }
  return (
    <EditorPage
      grows
      crumbs={<PageLink to="/workplace">{t('title')}</PageLink>}
      title={
        <>
          <BrandIcon brand={brand} /> {label(brandNames[brand])}
        </>
      }
      note={t(base.isConnected ? 'connected' : 'notConnected')}
      footer={
        isTouched && (
          <>
            <span className="workplace-unsaved" role="status">
              {t('changes')}
            </span>
            <Button onClick={() => beginWith(newest)}>{t('discard')}</Button>
            <Button type="primary" htmlType="submit" form={connectionFormId} loading={acts.save.isPending}>
              {t('save')}
            </Button>
          </>
        )
      }
    >
      {isConflict(problem) && (
        <Alert
          className="workplace-alert"
          type="warning"
          showIcon
          title={t('conflict')}
          description={t('conflictText')}
          action={<Button onClick={() => beginWith(newest)}>{t('loadNewest')}</Button>}
        />
      )}
      <div className="workplace-columns">
        <div className="workplace-aside">
          {base.isConnected ? (
            <>
              <StatusPanel connection={newest} acts={acts} isTouched={isTouched} />
              <RunsPanel brand={brand} isTouched={isTouched} onOpen={(run) => change({ run })} />
            </>
          ) : (
            <GuidePanel brand={brand} />
          )}
        </div>
        <ConnectionForm
          key={edition}
          connection={base}
          top={acts.test.data?.top ?? []}
          onChange={(draft) => setTouched(isChanged(draft, base))}
          onSave={save}
        />
      </div>
      {address['run'] && (
        <RunDrawer key={address['run']} brand={brand} id={address['run']} onClose={() => change({ run: undefined })} />
      )}
    </EditorPage>
  )
}

const isSame = (one: Connection, other: Connection) =>
  one.version === other.version && one.isConnected === other.isConnected

const isConflict = (problem: unknown): boolean => problem instanceof ApiProblem && problem.code === 'WORKPLACE_CHANGED'
