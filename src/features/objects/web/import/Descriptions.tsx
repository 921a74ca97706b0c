import { useState } from 'react'
import { App, Button, Input, Popover, Select, Upload } from 'antd'
import type { TargetView } from '#engine/transfer/target-view.ts'
import { mappingSchema, type Mapping } from '#engine/transfer/mapping.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { useDescriptions } from './use-imports.ts'
import { importWords } from './words.ts'

interface DescriptionsProps {
  readonly target: TargetView
  readonly mapping: Mapping
  readonly onLoad: (mapping: Mapping) => void
}

/** Keeps the description for next time and for the command line, and brings an earlier one back. */
export function Descriptions({ target, mapping, onLoad }: DescriptionsProps) {
  const t = useWords(importWords)
  const { message } = App.useApp()
  const { descriptions, save } = useDescriptions()
  const [name, setName] = useState(mapping.name ?? '')
  const own = descriptions.filter((one) => one.kind === 'mapping' && one.object === target.object)

  const load = (given: unknown) => {
    const parsed = mappingSchema.safeParse({ ...(typeof given === 'object' ? given : {}), object: target.object })
    if (parsed.success) onLoad(parsed.data)
    else void message.error(t('notADescription', { why: parsed.error.issues[0]?.message ?? '' }))
  }
  const keep = async () => {
    try {
      await save.mutateAsync({ name, mapping })
      void message.success(t('saved', { name }))
    } catch (problem) {
      void message.error(problemText(problem))
    }
  }
  return (
    <div className="import-row">
      {own.length > 0 && (
        <Select
          aria-label={t('loadDescription')}
          className="import-object"
          placeholder={t('loadDescription')}
          value={null}
          options={own.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(id: string | null) => load(own.find((one) => one.id === id)?.description)}
        />
      )}
      <Upload
        accept=".json"
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then((text) => load(parseJson(text)))
          return false
        }}
      >
        <Button size="small">{t('chooseDescription')}</Button>
      </Upload>
      <Popover
        trigger="click"
        content={
          <div className="import-save">
            <Input value={name} placeholder={t('descriptionName')} onChange={(event) => setName(event.target.value)} />
            <Button type="primary" disabled={name.trim() === ''} loading={save.isPending} onClick={() => void keep()}>
              {t('save')}
            </Button>
            <a download={`${target.object}-import.json`} href={jsonAddress(mapping)}>
              {t('downloadDescription')}
            </a>
          </div>
        }
      >
        <Button size="small">{t('saveDescription')}</Button>
      </Popover>
    </div>
  )
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function jsonAddress(value: unknown): string {
  return `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(value, null, 2))}`
}
