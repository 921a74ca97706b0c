import { useState } from 'react'
import { Alert, App, Button } from 'antd'
import { titleOf, useObject, type ScreenObject } from '#features/objects/web/index.tsx'
import { EditorPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useAddress, useChangeAddress, useGo } from '#web/shell/address.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { MergeFields } from './MergeFields.tsx'
import { fieldsOfMerge, keptFrom, likelyWinner } from './side-by-side.ts'
import { useDuplicateActs, useMergePreview, type Preview } from './use-duplicates.ts'
import { undoNotice } from './undo-notice.ts'
import { duplicateWords } from './words.ts'
import './duplicates.css'

const mostMerged = 5

/** Records side by side, from the address: which one stays, and whose value each field keeps. */
export function MergePage() {
  const t = useWords(duplicateWords)
  const { object: key = '', ids: text = '' } = useAddress()
  const ids = text.split(',').filter((id) => id !== '')
  const object = useObject(key)
  const preview = useMergePreview(key, ids)
  if (ids.length < 2 || ids.length > mostMerged) {
    const back = <PageLink to="/duplicates">{t('groups')}</PageLink>
    return <EmptyState title={t('tooFew')} text={t('tooFewText')} action={back} />
  }
  if (preview.isError) return <ErrorState problem={preview.error} onRetry={() => void preview.refetch()} />
  // While fewer are asked for again, those that are left stay on the page with all that was chosen.
  const records = ids.flatMap((id) => preview.data?.records.find(({ row }) => row.id === id) ?? [])
  if (!object || !preview.data || records.length < ids.length) return <LoadingState rows={10} />
  return <SideBySide key={key} object={object} preview={{ ...preview.data, records }} />
}

interface SideBySideProps {
  readonly object: ScreenObject
  readonly preview: Preview
}

function SideBySide({ object, preview }: SideBySideProps) {
  const t = useWords(duplicateWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const language = useLanguage()
  const go = useGo()
  const change = useChangeAddress()
  const offerUndo = useUndo()
  const { message } = App.useApp()
  const { merge, undoMerge, keepApart } = useDuplicateActs()
  const { records } = preview
  const [asked, setAsked] = useState<string>()
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const [isBusy, setBusy] = useState(false)
  const isThere = (id: string | undefined): id is string => records.some(({ row }) => row.id === id)
  const winnerId = isThere(asked) ? asked : likelyWinner(records)
  const { differing, same } = fieldsOfMerge(object, preview.fields, records)
  const from = (key: string) => (isThere(chosen[key]) ? chosen[key] : keptFrom(key, winnerId, records))
  const isHeld = records.some(({ row, protection }) => protection !== null && row.id !== winnerId)
  const loserIds = records.map(({ row }) => row.id).filter((id) => id !== winnerId)

  const carryOut = async () => {
    setBusy(true)
    try {
      const merged = await merge({
        object: object.key,
        winnerId,
        loserIds,
        take: Object.fromEntries(differing.map(({ key }) => [key, from(key)] as const)),
        versions: Object.fromEntries(records.map(({ row }) => [row.id, row.version] as const)),
      })
      const moved = merged.moved.reduce((sum, { count }) => sum + count, 0)
      offerUndo(t('merged', { n: moved }), async () => undoNotice(await undoMerge(merged.id)))
      go(`/records/${object.key}/${winnerId}`)
    } catch (problem) {
      void message.error(problemText(problem))
      setBusy(false)
    }
  }
  const tellApart = async () => {
    try {
      await keepApart(object.key, [winnerId, ...loserIds])
      void message.success(t('keptApart'))
      go('/duplicates', { object: object.key })
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <EditorPage
      grows
      title={t('mergeTitle', { object: label(object.label) })}
      note={t('mergeNote')}
      crumbs={
        <PageLink to="/duplicates" search={{ object: object.key }}>
          {t('title')}
        </PageLink>
      }
      footer={
        <div className="merge-footer">
          <Button onClick={() => go(`/records/${object.key}`)}>{k('cancel')}</Button>
          <Button onClick={() => void tellApart()}>{t('apart')}</Button>
          <Button type="primary" loading={isBusy} disabled={isHeld} onClick={() => void carryOut()}>
            {t('doMerge', { n: records.length })}
          </Button>
        </div>
      }
    >
      {isHeld && <Alert type="warning" showIcon title={t('loserProtected')} />}
      <Panel>
        <MergeFields
          object={object}
          records={records}
          titles={records.map(({ row }) => titleOf(object, row, language))}
          winnerId={winnerId}
          canProtect={preview.canProtect}
          differing={differing}
          same={same}
          from={from}
          onWinner={setAsked}
          onLeaveOut={(id) => {
            const kept = records.map(({ row }) => row.id).filter((one) => one !== id)
            change({ ids: kept.join(',') }, { isQuiet: true })
          }}
          onChoose={(key, id) => setChosen((before) => ({ ...before, [key]: id }))}
        />
      </Panel>
    </EditorPage>
  )
}
