import { useState } from 'react'
import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { transferRoutes } from '#engine/transfer/contract.ts'
import type { Filter } from '#engine/query/filter.ts'
import type { SortKey } from '#engine/model/object-type.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { importWords } from './words.ts'

interface ExportButtonProps {
  readonly object: string
  readonly filter: Filter | undefined
  readonly sort: readonly SortKey[]
  /** The columns shown; every field unless told. */
  readonly fields?: readonly string[]
}

type Format = 'csv' | 'xlsx' | 'jsonl'

/** The list as a sheet: the same conditions, the same order, the columns that are shown. */
export function ExportButton({ object, filter, sort, fields }: ExportButtonProps) {
  const t = useWords(importWords)
  const { message } = App.useApp()
  const [isBusy, setIsBusy] = useState(false)
  const save = async (format: Format) => {
    setIsBusy(true)
    try {
      await download(object, { format, filter, sort, fields })
    } catch (problem) {
      void message.error(problemText(problem))
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Dropdown
      menu={{
        items: [
          { key: 'xlsx', label: t('exportXlsx') },
          { key: 'csv', label: t('exportCsv') },
          { key: 'jsonl', label: t('exportJsonl') },
        ],
        onClick: ({ key }) => void save(key === 'csv' || key === 'jsonl' ? key : 'xlsx'),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={isBusy}>
        {t('export')}
      </Button>
    </Dropdown>
  )
}

interface Wish {
  readonly format: Format
  readonly filter: Filter | undefined
  readonly sort: readonly SortKey[]
  readonly fields: readonly string[] | undefined
}

async function download(object: string, { format, filter, sort, fields }: Wish): Promise<void> {
  const answer = await fetch(transferRoutes.exportRecords.path.replace(':object', encodeURIComponent(object)), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      format,
      ...(filter ? { filter } : {}),
      ...(sort.length > 0 ? { sort } : {}),
      ...(fields ? { fields } : {}),
    }),
  }).catch(() => {
    throw new ApiProblem(0)
  })
  if (!answer.ok) throw new ApiProblem(answer.status, await answer.json().catch(() => ({})))
  const address = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = nameIn(answer.headers.get('content-disposition')) ?? `${object}.${format}`
  link.click()
  URL.revokeObjectURL(address)
}

function nameIn(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1]
  return encoded === undefined ? undefined : decodeURIComponent(encoded)
}
