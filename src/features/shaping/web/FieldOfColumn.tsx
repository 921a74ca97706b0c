import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { App, Button, Select } from 'antd'
import { typeOfColumn, type ColumnType } from '#engine/transfer/type-of-column.ts'
import { call } from '#web/api/call.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useMay } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { shapingRoutes } from '../contract.ts'
import { shapingPermissions } from '../permissions.ts'
import { shapeWords } from './words.ts'

interface FieldOfColumnProps {
  readonly object: string
  readonly header: string
  readonly samples: readonly string[]
  readonly onMade: (key: string) => void
}

const types: readonly ColumnType[] = ['text', 'long_text', 'number', 'date', 'yes_no']

/** Makes a field of a file's column under its name; of the type that its cells fit, unless another one is chosen. */
export function FieldOfColumn({ object, header, samples, onMade }: FieldOfColumnProps) {
  const t = useWords(shapeWords)
  const { message } = App.useApp()
  const may = useMay(shapingPermissions[0].key)
  const [type, setType] = useState<ColumnType>(() => typeOfColumn(samples))
  const [isBusy, setIsBusy] = useState(false)
  if (!may) return null

  const make = async () => {
    setIsBusy(true)
    const name =
      header
        .replace(/[*（(【[].*$/, '')
        .trim()
        .slice(0, 60) || header.slice(0, 60)
    const definition = { label: { zh: name, en: name }, type }
    try {
      onMade((await call(shapingRoutes.createField, { params: { object }, body: { definition } })).key)
    } catch (problem) {
      void message.error(problemText(problem))
      setIsBusy(false)
    }
  }
  return (
    <span className="import-new-field">
      <Select
        size="small"
        aria-label={`${header} ${t('columnType')}`}
        value={type}
        options={types.map((one) => ({ value: one, label: t(`column_${one}`) }))}
        onChange={setType}
      />
      <Button size="small" icon={<PlusOutlined />} loading={isBusy} onClick={() => void make()}>
        {t('fieldOfColumn')}
      </Button>
    </span>
  )
}
