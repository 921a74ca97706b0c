import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Tag } from 'antd'
import { transferRoutes } from '#engine/transfer/contract.ts'
import type { ImportPreview } from '#engine/transfer/import-preview.ts'
import type { OpenedFile } from '#engine/transfer/opened-file.ts'
import type { TargetView } from '#engine/transfer/target-view.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { inWords } from '#base/label.ts'
import { grouped } from '#engine/money/short-form.ts'
import { call } from '#web/api/call.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { usePeopleNames } from '../use-people.ts'
import { withValues } from './draft.ts'
import { Notes } from './Notes.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import { UnknownTexts } from './UnknownTexts.tsx'
import { useStart } from './use-imports.ts'
import { importWords } from './words.ts'

interface CheckStepProps {
  readonly file: OpenedFile
  readonly target: TargetView
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
  readonly onBack: () => void
  readonly onStarted: (setId: string) => void
}

/** What the import would do, before it does it. */
export function CheckStep({ file, target, mapping, onChange, onBack, onStarted }: CheckStepProps) {
  const t = useWords(importWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const { one } = useStart()
  const preview = useQuery({
    queryKey: ['import-preview', file.file.id, mapping],
    queryFn: ({ signal }) =>
      call(transferRoutes.preview, { body: { fileId: file.file.id, object: target.object, mapping }, signal }),
  })
  const start = async (isDry: boolean) => {
    try {
      onStarted((await one.mutateAsync({ fileId: file.file.id, mapping, isDry })).setId)
    } catch (problem) {
      void message.error(problemText(problem), 8)
    }
  }
  const view = preview.data
  const isSound = view !== undefined && view.mappingFaults.length === 0 && view.rowsTotal > 0
  return (
    <>
      {preview.error && <ErrorState problem={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isPending && <LoadingState />}
      {view && view.mappingFaults.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('mappingWrong')}
          description={view.mappingFaults.map((fault) => inWords(fault.label, language, fault.params)).join('；')}
        />
      )}
      {view && (
        <>
          <Notes notes={view.notes} />
          <Summary view={view} target={target} />
          <UnknownTexts
            key={JSON.stringify(mapping.values)}
            view={view}
            target={target}
            onApply={(meanings) =>
              onChange(Object.entries(meanings).reduce((all, [field, texts]) => withValues(all, field, texts), mapping))
            }
          />
          <PreviewTable view={view} target={target} />
        </>
      )}
      <div className="import-foot">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button disabled={!isSound} loading={one.isPending} onClick={() => void start(true)}>
          {t('rehearse')}
        </Button>
        <Button type="primary" disabled={!isSound} loading={one.isPending} onClick={() => void start(false)}>
          {t('start', { n: view?.rowsTotal ?? 0 })}
        </Button>
      </div>
    </>
  )
}

function Summary({ view, target }: { readonly view: ImportPreview; readonly target: TargetView }) {
  const t = useWords(importWords)
  const label = useLabel()
  const language = useLanguage()
  const names = usePeopleNames()
  const sound = view.rowsTotal - view.rowsWithFaults
  return (
    <div className="import-summary">
      <div className="import-row">
        <Tag>{t('rowsTotal', { n: grouped(String(view.rowsTotal)) })}</Tag>
        <Tag>✓ {t('rowsSound', { n: grouped(String(sound)) })}</Tag>
        {view.rowsKnown > 0 && <Tag>{t('rowsKnown', { n: grouped(String(view.rowsKnown)) })}</Tag>}
        {view.rowsWithFaults > 0 && <Tag>✕ {t('rowsFaulty', { n: grouped(String(view.rowsWithFaults)) })}</Tag>}
        {view.skipped > 0 && <Tag>{t('skipped', { n: view.skipped })}</Tag>}
        {!view.isWhole && <Tag>{t('onlyBeginning')}</Tag>}
      </div>
      {view.assigned.length > 0 && (
        <div className="import-row">
          <span className="muted">{t('assigned')}</span>
          {view.assigned.map(({ person, rows }) => (
            <Tag key={person}>{t('assignedTo', { name: names.get(person) ?? person, n: grouped(String(rows)) })}</Tag>
          ))}
        </div>
      )}
      {view.sums.length > 0 && (
        <div>
          <p className="muted">{t('sums')}</p>
          <dl className="import-sums">
            {view.sums.map(({ field, sum, filled }) => (
              <div key={field}>
                <dt>
                  {inWords(target.fields.find((one) => one.key === field)?.label ?? { zh: field, en: field }, language)}
                </dt>
                <dd>
                  <strong className="number">{grouped(sum)}</strong>{' '}
                  <span className="muted">{t('sumFilled', { n: filled })}</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      <span hidden>{label(target.label)}</span>
    </div>
  )
}
