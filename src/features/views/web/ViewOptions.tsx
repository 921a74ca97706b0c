import { ProfileOutlined } from '@ant-design/icons'
import { Button, Popover, Segmented, Select, Tabs } from 'antd'
import { fieldOf, shownFieldsOf, type Grouping, type ScreenObject } from '#features/objects/web/index.tsx'
import { buckets, type Bucket } from '#engine/query/bucket.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { ColumnPanel } from './ColumnPanel.tsx'
import type { ShownView } from './use-views.ts'
import { groupingOf, isGroupable } from './whole-filter.ts'
import { viewWords } from './words.ts'

interface ViewOptionsProps {
  readonly object: ScreenObject
  readonly shown: ShownView
}

/** Which columns a list shows, how it is gathered and how high its rows are. */
export function ViewOptions({ object, shown }: ViewOptionsProps) {
  const t = useWords(viewWords)
  const me = useMe()
  const { definition } = shown.state
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <div className="view-options">
          <Tabs
            size="small"
            items={[
              { key: 'columns', label: t('columns'), children: <ColumnPanel object={object} shown={shown} /> },
              {
                key: 'group',
                label: t('grouping'),
                children: (
                  <div className="bulk-form">
                    <GroupLevel object={object} shown={shown} level={0} />
                    {(definition.group?.length ?? 0) > 0 && <GroupLevel object={object} shown={shown} level={1} />}
                    <span>{t('density')}</span>
                    <Segmented<'comfortable' | 'compact'>
                      aria-label={t('density')}
                      value={definition.density ?? me.settings.density}
                      options={[
                        { value: 'comfortable', label: t('comfortable') },
                        { value: 'compact', label: t('compact') },
                      ]}
                      onChange={(density) => shown.change({ density }, true)}
                    />
                  </div>
                ),
              },
            ]}
          />
        </div>
      }
    >
      <Button icon={<ProfileOutlined />}>{t('options')}</Button>
    </Popover>
  )
}

interface GroupLevelProps extends ViewOptionsProps {
  readonly level: 0 | 1
}

function GroupLevel({ object, shown, level }: GroupLevelProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const group = shown.state.definition.group ?? []
  const current = group[level]
  const other = group[1 - level]
  const field = current && fieldOf(object, current.field)
  const isDated = field?.type === 'date' || field?.type === 'date_time'
  const put = (one: Grouping | undefined) => {
    const [first, second] = level === 0 ? [one, group[1]] : [group[0], one]
    // Without a first level the second moves up.
    shown.change({ group: [first, second].flatMap((each) => (each ? [{ ...each }] : [])) })
  }
  return (
    <>
      <span>{t(level === 0 ? 'groupFirst' : 'groupSecond')}</span>
      <div className="group-level">
        <Select<string>
          aria-label={t(level === 0 ? 'groupFirst' : 'groupSecond')}
          value={current?.field ?? null}
          allowClear
          placeholder={t('noGroup')}
          showSearch={{ optionFilterProp: 'label' }}
          options={shownFieldsOf(object)
            .filter((one) => isGroupable(one, object) && one.key !== other?.field)
            .map((one) => ({ value: one.key, label: label(one.label) }))}
          onChange={(key: string | undefined) => {
            const chosen = key === undefined ? undefined : fieldOf(object, key)
            put(chosen && groupingOf(chosen))
          }}
        />
        {isDated && current && (
          <Select<Bucket>
            aria-label={t('bucket')}
            value={current.by ?? 'month'}
            options={buckets.map((bucket) => ({ value: bucket, label: t(bucket) }))}
            onChange={(by) => put({ field: current.field, by })}
          />
        )}
      </div>
    </>
  )
}
