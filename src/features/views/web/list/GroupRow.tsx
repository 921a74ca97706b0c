import type { ReactNode } from 'react'
import { RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import type { Column } from '../columns.ts'
import { viewWords } from '../words.ts'
import type { GridItem, GroupItem } from './grid-item.ts'
import { stickyAt, type Layout } from './grid-layout.ts'

interface LineProps {
  readonly at: number
  readonly top: number
  readonly height: number
  readonly columns: readonly Column[]
  readonly layout: Layout
  readonly hasChecks: boolean
  readonly isCurrent: boolean
}

interface GroupRowProps extends LineProps {
  readonly item: GroupItem
  readonly title: ReactNode
  readonly figure: (column: Column) => ReactNode
  readonly onFold: () => void
  readonly onOpen: () => void
}

/** A heading with its subtotals under the columns; its number opens its records. */
export function GroupRow({ item, title, figure, onFold, onOpen, ...line }: GroupRowProps) {
  const { at, top, height, columns, layout, hasChecks, isCurrent } = line
  const t = useWords(viewWords)
  const { group, level, isOpen } = item
  // The heading takes the place of the first columns, up to the first that has a figure.
  const figures = columns.map((column) => figure(column))
  const first = figures.findIndex((one, place) => place > 0 && one !== undefined)
  const span = (first < 0 ? columns.length : first) + (hasChecks ? 1 : 0)
  return (
    <div
      data-at={at}
      role="row"
      aria-rowindex={at + 2}
      aria-level={level + 1}
      aria-expanded={isOpen}
      className="grid-row grid-group"
      data-level={level}
      style={{ gridTemplateColumns: layout.template, height, transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        data-column={0}
        data-current={isCurrent}
        tabIndex={isCurrent ? 0 : -1}
        className="grid-group-title"
        style={{ gridColumn: `1 / span ${span}`, ...stickyAt(layout, -1) }}
        onClick={onFold}
      >
        <RightOutlined className="grid-twist" data-open={isOpen} aria-hidden />
        <span className="ellipsis">{title}</span>
        <Button
          type="link"
          size="small"
          tabIndex={-1}
          className="num"
          aria-label={t('openGroup', { n: group.count })}
          onClick={(event) => (event.stopPropagation(), onOpen())}
        >
          {t('rows', { n: group.count.toLocaleString('en-US') })}
        </Button>
      </div>
      {columns.map((column, place) => {
        const isUnderTitle = place + (hasChecks ? 1 : 0) < span
        // On paper, where cells span no columns, empty ones keep the figures in their places.
        if (isUnderTitle) return place === 0 ? null : <div key={column.field.key} className="grid-cell grid-on-paper" />
        return (
          <div key={column.field.key} role="gridcell" className="grid-cell right num">
            {figures[place]}
          </div>
        )
      })}
    </div>
  )
}

interface RestRowProps extends LineProps {
  readonly item: Extract<GridItem, { kind: 'rest' }>
  readonly onOpen: () => void
}

/** Says how many records of a group are not listed, and opens them. */
export function RestRow({ item, onOpen, at, top, height, layout, columns, hasChecks, isCurrent }: RestRowProps) {
  const t = useWords(viewWords)
  return (
    <div
      data-at={at}
      role="row"
      aria-rowindex={at + 2}
      className="grid-row"
      style={{ gridTemplateColumns: layout.template, height, transform: `translateY(${top}px)` }}
    >
      <div
        role="gridcell"
        data-column={0}
        data-current={isCurrent}
        tabIndex={isCurrent ? 0 : -1}
        className="grid-rest"
        style={{ gridColumn: `1 / span ${columns.length + (hasChecks ? 1 : 0)}` }}
      >
        {item.isPending ? (
          <span className="muted">{t('loadingRows')}</span>
        ) : (
          <Button type="link" size="small" tabIndex={-1} onClick={onOpen}>
            {t('restOfGroup', { n: item.count.toLocaleString('en-US') })}
          </Button>
        )}
      </div>
    </div>
  )
}
