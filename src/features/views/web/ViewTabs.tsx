import { DownOutlined, StarFilled, TeamOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWords } from '#web/words/use-words.ts'
import type { SavedView } from '../contract.ts'
import type { ShownView } from './use-views.ts'
import { ViewActs } from './ViewActs.tsx'
import { viewWords } from './words.ts'
import type { ScreenObject } from '#features/objects/web/index.tsx'

interface ViewTabsProps {
  readonly object: ScreenObject
  readonly views: readonly SavedView[]
  readonly shown: ShownView
}

const mostTabs = { desk: 7, phone: 2 } as const

/** The saved views of an object above its records; what is changed and not saved is marked. */
export function ViewTabs({ object, views, shown }: ViewTabsProps) {
  const t = useWords(viewWords)
  const isPhone = useIsPhone()
  const most = isPhone ? mostTabs.phone : mostTabs.desk
  // The view that is shown always has its tab.
  const ahead = views.slice(0, most)
  const tabs =
    shown.view && !ahead.some(({ id }) => id === shown.view?.id) ? [...ahead.slice(0, most - 1), shown.view] : ahead
  const others = views.filter((view) => !tabs.includes(view))
  return (
    <div className="view-tabs">
      <div className="view-tabs-row" role="tablist" aria-label={t('views')}>
        <Tab
          name={t('all')}
          isShown={!shown.view}
          isChanged={!shown.view && shown.isChanged}
          onShow={() => shown.show(undefined)}
        />
        {tabs.map((view) => (
          <Tab
            key={view.id}
            name={view.name}
            view={view}
            isShown={view.id === shown.view?.id}
            isChanged={view.id === shown.view?.id && shown.isChanged}
            onShow={() => shown.show(view.id)}
          />
        ))}
      </div>
      {others.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{ items: others.map(({ id, name }) => ({ key: id, label: name, onClick: () => shown.show(id) })) }}
        >
          <Button type="text" size="small" aria-label={t('moreViews')}>
            {others.length} <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
      )}
      <ViewActs object={object} shown={shown} />
    </div>
  )
}

interface TabProps {
  readonly name: string
  readonly view?: SavedView
  readonly isShown: boolean
  readonly isChanged: boolean
  readonly onShow: () => void
}

function Tab({ name, view, isShown, isChanged, onShow }: TabProps) {
  const t = useWords(viewWords)
  return (
    <button type="button" role="tab" aria-selected={isShown} className="view-tab" onClick={onShow}>
      {view?.isFirst && <StarFilled className="view-mark" aria-hidden />}
      {view && view.visibility.to !== 'private' && <TeamOutlined className="view-mark" aria-hidden />}
      <span className="ellipsis">{name}</span>
      {isChanged && (
        <span className="view-changed" title={t('unsaved')}>
          ●<span className="visually-hidden">{t('unsaved')}</span>
        </span>
      )}
    </button>
  )
}
