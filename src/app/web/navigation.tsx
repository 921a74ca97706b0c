import {
  AimOutlined,
  ApartmentOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BellOutlined,
  BuildOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  CloudServerOutlined,
  ContactsOutlined,
  DeleteOutlined,
  FundProjectionScreenOutlined,
  FunctionOutlined,
  GlobalOutlined,
  ImportOutlined,
  KeyOutlined,
  MergeCellsOutlined,
  PayCircleOutlined,
  ProfileOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  ShopOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { manageAccess } from '#features/access/contract.ts'
import { useObjects } from '#features/objects/web/index.tsx'
import { auditRead } from '#features/audit/contract.ts'
import { keyMake } from '#features/keys/contract.ts'
import { marketManage } from '#features/market/contract.ts'
import { metricManage } from '#features/metrics/contract.ts'
import { jobsManage } from '#engine/contract/jobs.ts'
import { robotsManage, webhooksManage } from '#engine/contract/webhooks.ts'
import { calendarManage } from '#features/org/contract.ts'
import { rateManage } from '#features/rates/contract.ts'
import { shapingPermissions } from '#features/shaping/contract.ts'
import { systemManage } from '#features/system/contract.ts'
import { workplaceManage } from '#features/workplace/contract.ts'
import type { NavItem } from '#web/shell/Shell.tsx'
import { signInManage } from '#engine/contract/sign-in.ts'
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
  const mayCalendar = useMay(calendarManage)
  const mayMetrics = useMay(metricManage)
  const mayMarket = useMay(marketManage)
  const mayAccess = useMay(manageAccess.key)
  const maySystem = useMay(systemManage)
  const mayAudit = useMay(auditRead)
  const mayRobots = useMay(robotsManage)
  const mayWebhooks = useMay(webhooksManage)
  const mayJobs = useMay(jobsManage)
  const maySignIn = useMay(signInManage)
  const mayWorkplace = useMay(workplaceManage)
  const mayKeys = useMay(keyMake)
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
    paths: ['/targets', '/forecast'],
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
  const fiscal: NavItem = {
    key: 'fiscal',
    to: '/fiscal-calendar',
    ...named('fiscal'),
    icon: <CalendarOutlined />,
    paths: ['/fiscal-calendar'],
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
    to: '/own-metrics',
    ...named('metrics'),
    icon: <FunctionOutlined />,
    paths: ['/own-metrics', '/metric'],
    group: label(appWords.labels.manage),
  }
  const market: NavItem = {
    key: 'market',
    to: '/market',
    ...named('market'),
    icon: <GlobalOutlined />,
    paths: ['/market'],
    group: label(appWords.labels.manage),
  }
  const access: NavItem = {
    key: 'access',
    to: '/access',
    ...named('access'),
    icon: <SafetyCertificateOutlined />,
    paths: ['/access'],
    group: label(appWords.labels.manage),
  }
  const audit: NavItem = {
    key: 'audit',
    to: '/audit',
    ...named('audit'),
    icon: <AuditOutlined />,
    paths: ['/audit'],
    group: label(appWords.labels.manage),
  }
  const notices: NavItem = {
    key: 'notices',
    to: '/notices',
    ...named('notices'),
    icon: <BellOutlined />,
    paths: ['/notices'],
  }
  const connections: NavItem = {
    key: 'connections',
    to: '/connections',
    ...named('connections'),
    icon: <ApiOutlined />,
    paths: ['/connections'],
    group: label(appWords.labels.manage),
  }
  const jobs: NavItem = {
    key: 'jobs',
    to: '/jobs',
    ...named('jobs'),
    icon: <ClockCircleOutlined />,
    paths: ['/jobs'],
    group: label(appWords.labels.manage),
  }
  const signIn: NavItem = {
    key: 'sign-in-settings',
    to: '/sign-in-settings',
    ...named('signIn'),
    icon: <SafetyOutlined />,
    paths: ['/sign-in-settings'],
    group: label(appWords.labels.manage),
  }
  const workplace: NavItem = {
    key: 'workplace',
    to: '/workplace',
    ...named('workplace'),
    icon: <TeamOutlined />,
    paths: ['/workplace'],
    group: label(appWords.labels.manage),
  }
  const keys: NavItem = {
    key: 'keys',
    to: '/keys',
    ...named('keys'),
    icon: <KeyOutlined />,
    paths: ['/keys'],
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
  const system: NavItem = {
    key: 'system',
    to: '/system',
    ...named('system'),
    icon: <CloudServerOutlined />,
    paths: ['/system'],
    group: label(appWords.labels.manage),
  }
  const me: NavItem = {
    key: 'me',
    to: '/me',
    ...named('me'),
    icon: <UserOutlined />,
    paths: [
      ...[
        '/me',
        '/org',
        '/import',
        '/duplicates',
        '/merge',
        '/bin',
        '/rates',
        '/shape',
        '/own-metrics',
        '/metric',
        '/market',
        '/access',
        '/fiscal-calendar',
      ],
      ...[
        '/sign-in-settings',
        '/workplace',
        '/security',
        '/notices',
        '/connections',
        '/jobs',
        '/audit',
        '/keys',
        '/system',
      ],
    ],
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
  const ratesIf = [...(mayRates ? [rates] : []), ...(mayCalendar ? [fiscal] : [])]
  const shapeIf = [
    ...(mayShape ? [shape] : []),
    ...(mayMetrics ? [metrics] : []),
    ...(mayMarket ? [market] : []),
    ...(maySignIn ? [signIn] : []),
  ]
  const workplaceIf = mayWorkplace ? [workplace] : []
  const auditIf = mayAudit ? [audit] : []
  const keysIf = mayKeys ? [keys] : []
  const outsideIf = [...(mayRobots || mayWebhooks ? [connections] : []), ...(mayJobs ? [jobs] : [])]
  const systemIf = maySystem ? [system] : []
  const accessIf = mayAccess ? [access] : []
  const targetsIf = mayPlan ? [targets] : []
  return {
    nav: [
      ...[today, ...targetsIf, ...sales, ...ordersIf, ...teamIf, ...records],
      ...[
        ...importsIf,
        ...duplicatesIf,
        ...binIf,
        ...ratesIf,
        ...shapeIf,
        ...workplaceIf,
        ...accessIf,
        ...outsideIf,
        ...auditIf,
        ...keysIf,
        ...systemIf,
      ],
    ],
    tabs: [today, ...sales, ...targetsIf, me],
    others: [
      ...[...ordersIf, ...records, ...teamIf, notices],
      ...[
        ...importsIf,
        ...duplicatesIf,
        ...binIf,
        ...ratesIf,
        ...shapeIf,
        ...workplaceIf,
        ...accessIf,
        ...outsideIf,
        ...auditIf,
        ...keysIf,
        ...systemIf,
      ],
    ],
  }
}
