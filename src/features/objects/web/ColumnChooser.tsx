import { ProfileOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import type { ScreenField, ScreenObject } from './use-objects.ts'
import { objectWords } from './words.ts'

interface ColumnChooserProps {
  readonly object: ScreenObject
  readonly columns: readonly ScreenField[]
}

/** Which fields the list shows; the choice is part of the address. */
export function ColumnChooser({ object, columns }: ColumnChooserProps) {
  const t = useWords(objectWords)
  const label = useLabel()
  const change = useChangeAddress()
  const shown = new Set(columns.map((field) => field.key))
  const toggle = (key: string, isShown: boolean) => {
    const keys = isShown ? [...shown, key] : [...shown].filter((other) => other !== key)
    if (keys.length > 0) change({ cols: keys.join(',') }, { isQuiet: true })
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="column-choices">
          {object.fields.map((field) => (
            <Checkbox
              key={field.key}
              checked={shown.has(field.key)}
              onChange={(event) => toggle(field.key, event.target.checked)}
            >
              {label(field.label)}
            </Checkbox>
          ))}
          <Button type="link" size="small" onClick={() => change({ cols: undefined })}>
            {t('columnsReset')}
          </Button>
        </div>
      }
    >
      <Button icon={<ProfileOutlined />}>{t('columns')}</Button>
    </Popover>
  )
}
