import { useMemo, useState, type DragEvent } from 'react'
import { Avatar, Button, Dropdown } from 'antd'
import { ApartmentOutlined, MoreOutlined, StarFilled } from '@ant-design/icons'
import { TreeTable, type TreeColumn } from '#web/kit/TreeTable.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMay, useRoles } from '#web/session/me.ts'
import { useGo } from '#web/shell/address.ts'
import { useWords } from '#web/words/use-words.ts'
import type { OrgRow, PersonRow, UnitRow } from '../org-tree.ts'
import { orgWords } from './org-words.ts'

export type UnitAction = 'add-person' | 'add-unit' | 'edit' | 'move' | 'merge' | 'close'

interface OrgTableProps {
  readonly rows: readonly UnitRow[]
  readonly open: ReadonlySet<string>
  readonly onToggle: (key: string, isOpen: boolean) => void
  readonly onUnit: (row: UnitRow, action: UnitAction) => void
  readonly onPerson: (id: string) => void
  /** Dropped on a unit: another unit, or a person. */
  readonly onDrop: (dragged: OrgRow, target: UnitRow) => void
}

/** Units and people in one tree; menus and drag change it for those who may. */
export function OrgTable({ rows, open, onToggle, onUnit, onPerson, onDrop }: OrgTableProps) {
  const t = useWords(orgWords)
  const { nameOf: roleName } = useRoles()
  const isPhone = useIsPhone()
  const [mayChange, mayPeople] = [useMay('org.change'), useMay('org.people')]
  const mayPrepare = useMay('reorganisation.prepare')
  const [dragged, setDragged] = useState<OrgRow>()
  const [over, setOver] = useState<string>()

  const columns = useMemo((): readonly TreeColumn<OrgRow>[] => {
    const drag = (row: OrgRow) => ({
      draggable: row.kind === 'unit' ? mayChange && row.unit.parentId !== null : mayPeople,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', row.key)
        setDragged(row)
      },
      onDragEnd: () => {
        setDragged(undefined)
        setOver(undefined)
      },
    })
    const drop = (row: OrgRow) =>
      row.kind === 'unit' && dragged && dragged.key !== row.key
        ? {
            onDragOver: (event: DragEvent) => {
              event.preventDefault()
              setOver(row.key)
            },
            onDragLeave: () => setOver(undefined),
            onDrop: (event: DragEvent) => {
              event.preventDefault()
              setOver(undefined)
              onDrop(dragged, row)
            },
          }
        : {}
    const name: TreeColumn<OrgRow> = {
      key: 'name',
      title: t('name'),
      width: isPhone ? 'minmax(0, 1fr)' : 'minmax(260px, 2fr)',
      cell: (row) => (
        <span className="org-name" data-over={over === row.key} {...drag(row)} {...drop(row)}>
          {row.kind === 'unit' ? (
            <UnitName
              row={row}
              isPhone={isPhone}
              onChoose={() => (mayChange ? onUnit(row, 'edit') : onToggle(row.key, !open.has(row.key)))}
            />
          ) : (
            <PersonName row={row} onChoose={() => onPerson(row.person.id)} />
          )}
        </span>
      ),
    }
    const count: TreeColumn<OrgRow> = {
      key: 'count',
      title: t('people'),
      width: isPhone ? '76px' : '90px',
      align: 'right',
      cell: (row) => (row.kind === 'unit' ? <span className="num">{row.headcount}</span> : null),
    }
    const menu: TreeColumn<OrgRow> = {
      key: 'menu',
      title: <span className="visually-hidden">{t('actions')}</span>,
      width: '44px',
      cell: (row) =>
        row.kind === 'unit' && (mayChange || mayPeople || mayPrepare) ? <UnitMenu row={row} onUnit={onUnit} /> : null,
    }
    if (isPhone) return [name, count, menu]
    return [
      name,
      { key: 'tier', title: t('tier'), width: '110px', cell: (row) => (row.kind === 'unit' ? row.unit.tier : null) },
      {
        key: 'head',
        title: `${t('head')} / ${t('position')}`,
        width: 'minmax(140px, 1fr)',
        cell: (row) => (
          <span className="ellipsis">{row.kind === 'unit' ? row.unit.headName : row.person.position}</span>
        ),
      },
      {
        key: 'role',
        title: t('role'),
        width: '130px',
        cell: (row) => (row.kind === 'person' ? roleName(row.person.role) : null),
      },
      count,
      menu,
    ]
  }, [t, roleName, isPhone, mayChange, mayPeople, mayPrepare, dragged, over, open, onDrop, onPerson, onToggle, onUnit])

  return (
    <TreeTable<OrgRow>
      label={t('title')}
      roots={rows}
      columns={columns}
      keyOf={keyOf}
      childrenOf={childrenOf}
      nameOf={nameOf}
      open={open}
      onToggle={onToggle}
      onChoose={(row) => (row.kind === 'person' ? onPerson(row.person.id) : onUnit(row, 'edit'))}
      height="100%"
    />
  )
}

const keyOf = (row: OrgRow): string => row.key
const childrenOf = (row: OrgRow): readonly OrgRow[] => (row.kind === 'unit' ? row.rows : [])
const nameOf = (row: OrgRow): string => (row.kind === 'unit' ? row.unit.name : row.person.name)

function UnitName({
  row,
  isPhone,
  onChoose,
}: {
  readonly row: UnitRow
  readonly isPhone: boolean
  readonly onChoose: () => void
}) {
  return (
    <>
      <ApartmentOutlined className="org-unit-icon" aria-hidden />
      <button type="button" className="plain-button ellipsis org-unit-name" tabIndex={-1} onClick={onChoose}>
        {row.unit.name}
      </button>
      {row.unit.code && !isPhone && <span className="muted">{row.unit.code}</span>}
    </>
  )
}

function PersonName({ row, onChoose }: { readonly row: PersonRow; readonly onChoose: () => void }) {
  const t = useWords(orgWords)
  const { person, unit } = row
  return (
    <>
      <Avatar size={24} className="entry-avatar">
        {person.name.slice(0, 1)}
      </Avatar>
      <button type="button" className="plain-button ellipsis" tabIndex={-1} onClick={onChoose}>
        {person.name}
      </button>
      {unit.headId === person.id && (
        <span className="org-mark">
          <StarFilled aria-hidden /> {t('isHead')}
        </span>
      )}
      {!person.isActive && <span className="org-mark">{t('inactive')}</span>}
      {(!person.isMain || person.share !== '100') && (
        <span className="org-mark num">{t('partTime', { share: person.share })}</span>
      )}
    </>
  )
}

function UnitMenu({ row, onUnit }: { readonly row: UnitRow; readonly onUnit: OrgTableProps['onUnit'] }) {
  const t = useWords(orgWords)
  const [mayChange, mayPeople] = [useMay('org.change'), useMay('org.people')]
  const mayPrepare = useMay('reorganisation.prepare')
  const go = useGo()
  const isTop = row.unit.parentId === null
  const item = (key: UnitAction, text: string, danger = false) => ({
    key,
    label: text,
    danger,
    onClick: () => onUnit(row, key),
  })
  const items = [
    ...(mayPeople ? [item('add-person', t('addPerson'))] : []),
    ...(mayChange ? [item('add-unit', t('addUnit')), item('edit', t('edit'))] : []),
    ...(mayPrepare && !isTop
      ? [
          {
            key: 'split',
            label: t('whatIfSplit'),
            danger: false,
            onClick: () => go('/org/reorganisations', { split: row.key }),
          },
        ]
      : []),
    ...(mayChange && !isTop
      ? [item('move', t('move')), item('merge', t('merge')), item('close', t('close'), true)]
      : []),
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('actionsOf', { name: row.unit.name })} />
    </Dropdown>
  )
}
