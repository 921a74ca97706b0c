import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Select } from 'antd'
import { transferRoutes } from '#engine/transfer/contract.ts'
import type { OpenedFile, ReadyView } from '#engine/transfer/opened-file.ts'
import type { TargetView } from '#engine/transfer/target-view.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { call } from '#web/api/call.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { Assignment } from './Assignment.tsx'
import { ColumnRow } from './ColumnRow.tsx'
import { Descriptions } from './Descriptions.tsx'
import { withColumn } from './draft.ts'
import { Notes } from './Notes.tsx'
import { ReadyMappings } from './ReadyMappings.tsx'
import { OtherFields } from './OtherFields.tsx'
import { ExistingRecords } from './ExistingRecords.tsx'
import { importWords } from './words.ts'

interface ColumnsStepProps {
  readonly file: OpenedFile
  readonly target: TargetView
  readonly targets: readonly TargetView[]
  /** What was chosen before; else it is proposed. */
  readonly mapping: Mapping | undefined
  readonly onTarget: (target: TargetView) => void
  readonly onReopened: (file: OpenedFile) => void
  /** Takes a mapping that was made ready; the target is the one it is for. */
  readonly onReady: (ready: ReadyView) => void
  readonly onBack: () => void
  readonly onNext: (mapping: Mapping) => void
}

/** Which column feeds which field; proposed, and everything can be changed. */
export function ColumnsStep({
  file,
  target,
  targets,
  mapping,
  onTarget,
  onReopened,
  onReady,
  onBack,
  onNext,
}: ColumnsStepProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const { message } = App.useApp()
  const [draft, setDraft] = useState(mapping)
  const proposal = useQuery({
    queryKey: ['import-proposal', file.file.id, file.sheet, target.object],
    queryFn: ({ signal }) =>
      call(transferRoutes.preview, {
        body: { fileId: file.file.id, object: target.object, rows: 200, ...(file.sheet ? { sheet: file.sheet } : {}) },
        signal,
      }),
    enabled: draft === undefined,
    staleTime: 60_000,
  })
  const current = draft ?? proposal.data?.mapping

  const reopen = async (sheet: string) => {
    try {
      onReopened(await call(transferRoutes.open, { params: { id: file.file.id }, query: { sheet } }))
      setDraft(undefined)
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  if (proposal.error && !current) return <ErrorState problem={proposal.error} onRetry={() => void proposal.refetch()} />
  return (
    <>
      <div className="import-row import-choices">
        <span>{t('fileChosen', { name: file.file.name, n: file.headers.length })}</span>
        {file.sheets.length > 1 && (
          <Select
            aria-label={t('sheet')}
            value={file.sheet}
            options={file.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            onChange={(sheet) => void reopen(sheet ?? '')}
          />
        )}
        <label className="import-labelled">
          {t('object')}
          <Select
            className="import-object"
            value={target.object}
            options={targets.map((one) => ({ value: one.object, label: label(one.label) }))}
            onChange={(key) => {
              const chosen = targets.find((one) => one.object === key)
              if (chosen) onTarget(chosen)
            }}
          />
        </label>
      </div>
      <Notes notes={file.notes} />
      <ReadyMappings
        ready={file.ready}
        onTake={(ready) => (ready.mapping.object === target.object ? setDraft(ready.mapping) : onReady(ready))}
      />
      {!current ? (
        <LoadingState rows={4} />
      ) : (
        <>
          <Descriptions target={target} mapping={current} onLoad={setDraft} />
          <p className="muted">
            {t('matched', {
              n: file.headers.filter((header) => current.columns[header]).length,
              all: file.headers.length,
            })}
          </p>
          <div className="import-columns" role="list">
            {file.headers.map((header, at) => (
              <ColumnRow
                key={header}
                header={header}
                samples={file.samples.map((row) => row[at] ?? '')}
                target={target}
                mapping={current}
                onField={(field) => setDraft(withColumn(current, header, field))}
                onChange={setDraft}
              />
            ))}
          </div>
          <OtherFields target={target} mapping={current} headers={file.headers} onChange={setDraft} />
          <Assignment target={target} mapping={current} onChange={setDraft} />
          {target.keys.length > 0 && <ExistingRecords target={target} mapping={current} onChange={setDraft} />}
        </>
      )}
      <div className="import-foot">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button type="primary" disabled={!current} onClick={() => current && onNext(current)}>
          {t('check')}
        </Button>
      </div>
    </>
  )
}
