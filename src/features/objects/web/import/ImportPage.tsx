import { Segmented } from 'antd'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import { FieldMakerProvider, type FieldMaker } from './field-maker.ts'
import { OneFile } from './OneFile.tsx'
import { RecentImports } from './RecentImports.tsx'
import { RunView } from './RunView.tsx'
import { SetOfFiles } from './SetOfFiles.tsx'
import { useTargets } from './use-imports.ts'
import { importWords } from './words.ts'
import './import.css'

/** Brings files in: one at a time with help, or a described set at once. `?run=` shows a run, also later. */
export function ImportPage({ fieldMaker }: { readonly fieldMaker?: FieldMaker }) {
  const t = useWords(importWords)
  const address = useAddress()
  const change = useChangeAddress()
  const targets = useTargets()
  if (targets.isPending) return <LoadingState />
  if (targets.error) return <ErrorState problem={targets.error} onRetry={() => void targets.refetch()} />
  if (targets.data.length === 0) return <EmptyState title={t('nothingAllowed')} text={t('nothingAllowedText')} />

  const run = address['run']
  const isSet = address['files'] === 'set'
  const show = (setId: string) => change({ run: setId })
  return (
    <BoardPage
      title={t('title')}
      note={t('note')}
      actions={
        run === undefined && (
          <Segmented
            value={isSet ? 'set' : 'one'}
            options={[
              { value: 'one', label: t('oneFile') },
              { value: 'set', label: t('setOfFiles') },
            ]}
            onChange={(value) => change({ files: value === 'set' ? 'set' : undefined })}
          />
        )
      }
    >
      {run !== undefined ? (
        <RunView setId={run} targets={targets.data} onAgain={() => change({ run: undefined })} />
      ) : isSet ? (
        <SetOfFiles targets={targets.data} onStarted={show} />
      ) : (
        <FieldMakerProvider value={fieldMaker}>
          <OneFile targets={targets.data} object={address['object']} onStarted={show} />
        </FieldMakerProvider>
      )}
      {run === undefined && <RecentImports targets={targets.data} onShow={show} />}
    </BoardPage>
  )
}
