import { useState } from 'react'
import { App, Button, Select, Spin, Tag, Upload } from 'antd'
import type { OpenedFile } from '#engine/transfer/opened-file.ts'
import type { TargetView } from '#engine/transfer/target-view.ts'
import { importSetSchema, type ImportSet } from '#engine/transfer/mapping.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { parseJson } from './Descriptions.tsx'
import { uploadFile, useDescriptions, useStart } from './use-imports.ts'
import { importWords } from './words.ts'

interface SetOfFilesProps {
  readonly targets: readonly TargetView[]
  readonly onStarted: (setId: string) => void
}

/** A description and its files, imported in one go. */
export function SetOfFiles({ targets, onStarted }: SetOfFilesProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const { message } = App.useApp()
  const { descriptions, save } = useDescriptions()
  const start = useStart().set
  const [set, setSet] = useState<ImportSet>()
  const [files, setFiles] = useState<Readonly<Record<string, OpenedFile>>>({})
  // A chosen file does not tell from which folder it is.
  const brought = (file: string): OpenedFile | undefined => files[file] ?? files[file.split('/').at(-1) ?? '']
  const [busy, setBusy] = useState(0)
  const kept = descriptions.filter((one) => one.kind === 'set')

  const load = (given: unknown) => {
    const parsed = importSetSchema.safeParse(given)
    const issue = parsed.error?.issues[0]
    if (parsed.success) setSet(parsed.data)
    else void message.error(t('notADescription', { why: issue ? `${issue.path.join('.')} ${issue.message}` : '' }), 8)
  }
  /** Descriptions and data may be dropped together: what is JSON describes. */
  const take = async (file: File) => {
    if (/\.json$/i.test(file.name)) return load(parseJson(await file.text()))
    setBusy((count) => count + 1)
    try {
      const opened = await uploadFile(file)
      setFiles((before) => ({ ...before, [file.name]: opened }))
    } catch (problem) {
      void message.error(`${file.name}: ${problemText(problem)}`, 8)
    } finally {
      setBusy((count) => count - 1)
    }
  }
  const keep = async () => {
    if (!set) return
    try {
      await save.mutateAsync({ name: set.name, set })
      void message.success(t('saved', { name: set.name }))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  const go = async () => {
    if (!set) return
    const ids = Object.fromEntries(
      set.steps.flatMap(({ file }) => {
        const opened = brought(file)
        return opened ? [[file, opened.file.id]] : []
      }),
    )
    try {
      onStarted((await start.mutateAsync({ set, files: ids })).setId)
    } catch (problem) {
      void message.error(problemText(problem), 8)
    }
  }
  const isReady = set !== undefined && set.steps.every((step) => brought(step.file) !== undefined)
  return (
    <Panel>
      <p className="muted">{t('setNote')}</p>
      <div className="import-row">
        <Upload
          accept=".json"
          showUploadList={false}
          beforeUpload={(file) => {
            void take(file)
            return false
          }}
        >
          <Button>{t('chooseDescription')}</Button>
        </Upload>
        {kept.length > 0 && (
          <Select
            aria-label={t('loadDescription')}
            className="import-object"
            placeholder={t('loadDescription')}
            value={null}
            options={kept.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(id: string | null) => load(kept.find((one) => one.id === id)?.description)}
          />
        )}
        {set && <strong>{set.name}</strong>}
        {set && (
          <Button type="link" loading={save.isPending} onClick={() => void keep()}>
            {t('saveSet')}
          </Button>
        )}
      </div>
      {set && (
        <Spin spinning={busy > 0} description={t('uploading')}>
          {set.description && <p className="muted">{set.description}</p>}
          {set.shape && <p className="muted">{t('setShape')}</p>}
          <Upload.Dragger
            multiple
            accept=".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson"
            showUploadList={false}
            beforeUpload={(file) => {
              void take(file)
              return false
            }}
          >
            <p className="import-drop-text">{t('addFiles')}</p>
          </Upload.Dragger>
          <ol className="import-set">
            {set.steps.map((step, at) => {
              const target = targets.find((one) => one.object === step.object)
              const opened = brought(step.file)
              return (
                <li key={`${step.file} ${at}`}>
                  <strong>{step.file}</strong> → {target ? label(target.label) : step.object}{' '}
                  {opened ? <Tag>✓ {t('fileReady')}</Tag> : <Tag>{t('fileMissing')}</Tag>}
                </li>
              )
            })}
          </ol>
        </Spin>
      )}
      <div className="import-foot">
        <Button type="primary" disabled={!isReady || busy > 0} loading={start.isPending} onClick={() => void go()}>
          {t('startSet', { n: set?.steps.length ?? 0 })}
        </Button>
      </div>
    </Panel>
  )
}
