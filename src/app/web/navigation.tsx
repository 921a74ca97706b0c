import {
  AimOutlined,
  ApartmentOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ContactsOutlined,
  FundProjectionScreenOutlined,
  ImportOutlined,
  PayCircleOutlined,
  ProfileOutlined,
  RollbackOutlined,
  ShopOutlined,
  SwapOutlined,
  TagsOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useObjects } from '#features/objects/web/index.tsx'
import { rateManage } from '#features/rates/contract.ts'
import type { NavItem } from '#web/shell/Shell.tsx'
import { useMay } from '#web/session/me.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { appWords } from './words.ts'

const objectIcons: Readonly<Record<string, ReactNode>> = {
  contact: <ContactsOutlined />,
  product: <TagsOutlined />,
  payment: <PayCircleOutlined />,
  refund: <RollbackOutlined />,
  activity: <CalendarOutlined />,
  task: <CheckSquareOutlined />,
}

/** The entries that exist and that this person may use. */
export function useNavigation(): {
  readonly nav: readonly NavItem[]
  readonly tabs: readonly NavItem[]
  readonly others: readonly NavItem[]
} {
  const t = useWords(appWords)
  const label = useLabel()
  const { objects } = useObjects()
  const mayPlan = useMay('plan.read')
  const mayOrg = useMay('org.read')
  const mayRates = useMay(rateManage)
  const has = (key: string) => objects.some((object) => object.key === key)

  const today: NavItem = {
    key: 'today',
    to: '/today',
    label: t('today'),
    icon: <CheckSquareOutlined />,
    paths: ['/today'],
  }
  const targets: NavItem = {
    key: 'targets',
    to: '/targets',
    label: t('targets'),
    icon: <AimOutlined />,
    paths: ['/targets'],
  }
  const accounts: NavItem = {
    key: 'account',
    to: '/records/account',
    label: t('accounts'),
    icon: <ShopOutlined />,
    paths: ['/records/account'],
  }
  const deals: NavItem = {
    key: 'opportunity',
    to: '/pipeline',
    label: t('deals'),
    icon: <FundProjectionScreenOutlined />,
    paths: ['/pipeline', '/records/opportunity'],
  }
  const orders: NavItem = {
    key: 'order',
    to: '/records/order',
    label: t('orders'),
    icon: <ProfileOutlined />,
    paths: ['/records/order'],
  }
  const team: NavItem = { key: 'team', to: '/org', label: t('team'), icon: <ApartmentOutlined />, paths: ['/org'] }
  const imports: NavItem = {
    key: 'import',
    to: '/import',
    label: t('imports'),
    icon: <ImportOutlined />,
    paths: ['/import'],
    group: t('manage'),
  }
  const rates: NavItem = {
    key: 'rates',
    to: '/rates',
    label: t('rates'),
    icon: <SwapOutlined />,
    paths: ['/rates'],
    group: t('manage'),
  }
  const me: NavItem = {
    key: 'me',
    to: '/me',
    label: t('me'),
    icon: <UserOutlined />,
    paths: ['/me', '/org', '/import', '/rates'],
  }
  const records = Object.keys(objectIcons).flatMap((key): NavItem[] => {
    const object = objects.find((known) => known.key === key)
    return object
      ? [
          {
            key,
            to: `/records/${key}`,
            label: label(object.labelOfMany),
            icon: objectIcons[key],
            paths: [`/records/${key}`],
            group: t('records'),
          },
        ]
      : []
  })

  const sales = [...(has('account') ? [accounts] : []), ...(has('opportunity') ? [deals] : [])]
  const ordersIf = has('order') ? [orders] : []
  const teamIf = mayOrg ? [team] : []
  const importsIf = objects.some((object) => object.can.import) ? [imports] : []
  const ratesIf = mayRates ? [rates] : []
  const targetsIf = mayPlan ? [targets] : []
  return {
    nav: [today, ...targetsIf, ...sales, ...ordersIf, ...teamIf, ...records, ...importsIf, ...ratesIf],
    tabs: [today, ...sales, ...targetsIf, me],
    others: [...ordersIf, ...records, ...teamIf, ...importsIf, ...ratesIf],
  }
}
