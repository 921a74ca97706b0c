import { useState } from 'react'
import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined, PushpinFilled, PushpinOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { shownFieldsOf, type ScreenObject } from '#features/objects/web/index.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { changeColumn, chosenColumns, columnsOf, moveColumn, type ColumnChoice } from './columns.ts'
import type { ShownView } from './use-views.ts'
import { viewWords } from './words.ts'

interface ColumnPanelProps {
  readonly object: ScreenObject
  readonly shown: ShownView
}

/** The columns in their order: dragged or moved by buttons, pinned, taken away; and the fields that are not shown. */
export function ColumnPanel({ object, shown }: ColumnPanelProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const [words, setWords] = useState('')
  const [dragged, setDragged] = useState<string>()
  const choices = chosenColumns(shown.state.definition, object)
  const columns = columnsOf(choices, object)
  const put = (next: readonly ColumnChoice[]) => shown.change({ columns: [...next] }, true)
  const found = shownFieldsOf(object).filter(
    (field) =>
      !columns.some((column) => column.field.key === field.key) &&
      label(field.label).toLowerCase().includes(words.trim().toLowerCase()),
  )
  return (
    <div className="column-panel">
      <ul>
        {columns.map(({ field, isPinned }, at) => {
          const name = label(field.label)
          return (
            <li
              key={field.key}
              draggable
              onDragStart={() => setDragged(field.key)}
              onDragOver={(event) => dragged !== undefined && event.preventDefault()}
              onDrop={() => {
                if (dragged !== undefined) put(moveColumn(choices, dragged, at))
                setDragged(undefined)
              }}
            >
              <HolderOutlined className="muted" aria-hidden />
              <Checkbox
                checked
                disabled={columns.length < 2}
                onChange={() => put(choices.filter((one) => one.field !== field.key))}
              >
                {name}
              </Checkbox>
              <Button
                size="small"
                type="text"
                icon={isPinned ? <PushpinFilled /> : <PushpinOutlined />}
                aria-label={t('pinColumn', { name })}
                aria-pressed={isPinned}
                onClick={() => put(changeColumn(choices, field.key, { pinned: !isPinned }))}
              />
              <Button
                size="small"
                type="text"
                icon={<ArrowUpOutlined />}
                aria-label={t('columnUp', { name })}
                disabled={at === 0}
                onClick={() => put(moveColumn(choices, field.key, at - 1))}
              />
              <Button
                size="small"
                type="text"
                icon={<ArrowDownOutlined />}
                aria-label={t('columnDown', { name })}
                disabled={at === columns.length - 1}
                onClick={() => put(moveColumn(choices, field.key, at + 1))}
              />
            </li>
          )
        })}
      </ul>
      <Input
        size="small"
        allowClear
        aria-label={t('findColumn')}
        placeholder={t('findColumn')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <ul>
        {found.map((field) => (
          <li key={field.key}>
            <Checkbox checked={false} onChange={() => put([...choices, { field: field.key }])}>
              {label(field.label)}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button type="link" size="small" onClick={() => shown.change({ columns: undefined }, true)}>
        {t('columnsReset')}
      </Button>
    </div>
  )
}
