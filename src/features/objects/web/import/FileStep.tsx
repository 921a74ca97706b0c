import { useState } from 'react'
import { DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Input, Spin, Upload } from 'antd'
import { transferRoutes } from '#engine/transfer/contract.ts'
import type { OpenedFile } from '#engine/transfer/opened-file.ts'
import type { TargetView } from '#engine/transfer/target-view.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { fileAddress, uploadFile } from './use-imports.ts'
import { importWords } from './words.ts'

interface FileStepProps {
  readonly targets: readonly TargetView[]
  readonly onOpened: (file: OpenedFile) => void
}

/** A file by drop, choice or paste; templates for those who begin with an empty sheet. */
export function FileStep({ targets, onOpened }: FileStepProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const { message } = App.useApp()
  const [isBusy, setIsBusy] = useState(false)
  const [text, setText] = useState('')

  const take = async (read: () => Promise<OpenedFile>) => {
    setIsBusy(true)
    try {
      onOpened(await read())
    } catch (problem) {
      void message.error(problemText(problem), 8)
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Spin spinning={isBusy} description={t('uploading')}>
      <Upload.Dragger
        accept=".csv,.tsv,.txt,.xlsx,.jsonl,.ndjson"
        showUploadList={false}
        beforeUpload={(file) => {
          void take(() => uploadFile(file))
          return false
        }}
      >
        <p className="import-drop-icon">
          <InboxOutlined />
        </p>
        <p className="import-drop-text">{t('drop')}</p>
        <p className="muted">{t('dropHint')}</p>
      </Upload.Dragger>
      <div className="import-paste">
        <label htmlFor="import-paste">{t('paste')}</label>
        <Input.TextArea
          id="import-paste"
          rows={4}
          value={text}
          placeholder={t('pasteHint')}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="import-row">
          <Button
            disabled={text.trim() === ''}
            onClick={() => void take(() => call(transferRoutes.paste, { body: { text } }))}
          >
            {t('usePasted')}
          </Button>
          <Dropdown
            menu={{
              items: targets.map((target) => ({
                key: target.object,
                label: (
                  <a href={fileAddress(transferRoutes.template.path, { object: target.object }, 'xlsx')}>
                    {label(target.label)}
                  </a>
                ),
              })),
            }}
          >
            <Button icon={<DownloadOutlined />}>{t('template')}</Button>
          </Dropdown>
        </div>
      </div>
    </Spin>
  )
}
