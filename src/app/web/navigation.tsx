import {
  AimOutlined,
  ApartmentOutlined,
  AppstoreOutlined,
  BuildOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ContactsOutlined,
  DeleteOutlined,
  FundProjectionScreenOutlined,
  FunctionOutlined,
  ImportOutlined,
  MergeCellsOutlined,
  PayCircleOutlined,
  ProfileOutlined,
  RollbackOutlined,
  SafetyOutlined,
  ShopOutlined,
  SwapOutlined,
  TagsOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { manageAccess } from '#features/access/contract.ts'
import { useObjects } from '#features/objects/web/index.tsx'
import { metricManage } from '#features/metrics/contract.ts'
import { rateManage } from '#features/rates/contract.ts'
import { shapingPermissions } from '#features/shaping/contract.ts'
import type { NavItem } from '#web/shell/Shell.tsx'
import { useMay } from '#web/session/me.ts'
import { useLabel } from '#web/words/use-words.ts'
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
  const label = useLabel()
  const { objects } = useObjects()
  const mayPlan = useMay('plan.read')
  const mayOrg = useMay('org.read')
  const mayRates = useMay(rateManage)
  const mayMetrics = useMay(metricManage)
  const mayAccess = useMay(manageAccess.key)
  const mayShape = useMay(shapingPermissions[0].key)
  const named = (key: keyof typeof appWords.labels) => ({
    label: label(appWords.labels[key]),
    name: appWords.labels[key],
  })
  const has = (key: string) => objects.some((object) => object.key === key)

  const today: NavItem = {
    key: 'today',
    to: '/today',
    ...named('today'),
    icon: <CheckSquareOutlined />,
    paths: ['/today'],
  }
  const targets: NavItem = {
    key: 'targets',
    to: '/targets',
    ...named('targets'),
    icon: <AimOutlined />,
    paths: ['/targets'],
  }
  const accounts: NavItem = {
    key: 'account',
    to: '/records/account',
    ...named('accounts'),
    icon: <ShopOutlined />,
    paths: ['/records/account'],
  }
  const deals: NavItem = {
    key: 'opportunity',
    to: '/pipeline',
    ...named('deals'),
    icon: <FundProjectionScreenOutlined />,
    paths: ['/pipeline', '/records/opportunity'],
  }
  const orders: NavItem = {
    key: 'order',
    to: '/records/order',
    ...named('orders'),
    icon: <ProfileOutlined />,
    paths: ['/records/order'],
  }
  const team: NavItem = { key: 'team', to: '/org', ...named('team'), icon: <ApartmentOutlined />, paths: ['/org'] }
  const imports: NavItem = {
    key: 'import',
    to: '/import',
    ...named('imports'),
    icon: <ImportOutlined />,
    paths: ['/import'],
    group: label(appWords.labels.manage),
  }
  const bin: NavItem = {
    key: 'bin',
    to: '/bin',
    ...named('bin'),
    icon: <DeleteOutlined />,
    paths: ['/bin'],
    group: label(appWords.labels.manage),
  }
  const rates: NavItem = {
    key: 'rates',
    to: '/rates',
    ...named('rates'),
    icon: <SwapOutlined />,
    paths: ['/rates'],
    group: label(appWords.labels.manage),
  }
  const shape: NavItem = {
    key: 'shape',
    to: '/shape',
    ...named('shape'),
    icon: <BuildOutlined />,
    paths: ['/shape'],
    group: label(appWords.labels.manage),
  }
  const metrics: NavItem = {
    key: 'metrics',
    to: '/metrics',
    ...named('metrics'),
    icon: <FunctionOutlined />,
    paths: ['/metrics'],
    group: label(appWords.labels.manage),
  }
  const access: NavItem = {
    key: 'access',
    to: '/access',
    ...named('access'),
    icon: <SafetyOutlined />,
    paths: ['/access'],
    group: label(appWords.labels.manage),
  }
  const duplicates: NavItem = {
    key: 'duplicates',
    to: '/duplicates',
    ...named('duplicates'),
    icon: <MergeCellsOutlined />,
    paths: ['/duplicates', '/merge'],
    group: label(appWords.labels.manage),
  }
  const me: NavItem = {
    key: 'me',
    to: '/me',
    ...named('me'),
    icon: <UserOutlined />,
    paths: ['/me', '/org', '/import', '/duplicates', '/merge', '/bin', '/rates', '/shape', '/metrics', '/access'],
  }
  const records = [
    ...Object.keys(objectIcons).flatMap((key) => objects.filter((object) => object.key === key)),
    ...objects.filter((object) => object.custom),
  ].map(({ key, labelOfMany }): NavItem => ({
    key,
    to: `/records/${key}`,
    label: label(labelOfMany),
    name: labelOfMany,
    icon: objectIcons[key] ?? <AppstoreOutlined />,
    paths: [`/records/${key}`],
    group: label(appWords.labels.records),
  }))

  const sales = [...(has('account') ? [accounts] : []), ...(has('opportunity') ? [deals] : [])]
  const ordersIf = has('order') ? [orders] : []
  const teamIf = mayOrg ? [team] : []
  const importsIf = objects.some((object) => object.can.import) ? [imports] : []
  // Whoever brings files in has to tidy up after them.
  const duplicatesIf = importsIf.length > 0 ? [duplicates] : []
  const binIf = objects.some((object) => object.can.delete) ? [bin] : []
  const ratesIf = mayRates ? [rates] : []
  const shapeIf = [...(mayShape ? [shape] : []), ...(mayMetrics ? [metrics] : [])]
  const accessIf = mayAccess ? [access] : []
  const targetsIf = mayPlan ? [targets] : []
  return {
    nav: [
      ...[today, ...targetsIf, ...sales, ...ordersIf, ...teamIf, ...records],
      ...[...importsIf, ...duplicatesIf, ...binIf, ...ratesIf, ...shapeIf, ...accessIf],
    ],
    tabs: [today, ...sales, ...targetsIf, me],
    others: [
      ...ordersIf,
      ...records,
      ...teamIf,
      ...importsIf,
      ...duplicatesIf,
      ...binIf,
      ...ratesIf,
      ...shapeIf,
      ...accessIf,
    ],
  }
}
