import { Suspense, useState, type ReactNode } from 'react'
import {
  ArrowRightOutlined,
  BgColorsOutlined,
  EyeOutlined,
  FormOutlined,
  LogoutOutlined,
  PlusOutlined,
  TranslationOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { inWords, type Label } from '#base/label.ts'
import { viewAs } from '#engine/contract/view-as.ts'
import type { SearchHit } from '#engine/search/contract.ts'
import { QuickActivity } from '#features/insight/web/index.tsx'
import { RecordForm, useObjects, type ScreenObject } from '#features/objects/web/index.tsx'
import { ViewAsDialog } from '#features/org/web/index.tsx'
import { useMay, useSaveSettings } from '#web/session/me.ts'
import { useGo } from '#web/shell/address.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import type { Command, FoundKind, PaletteContent } from '#web/shell/palette/palette.ts'
import { useTellOpened } from '#web/shell/palette/use-search.ts'
import { useSignOut } from '#web/shell/PersonMenu.tsx'
import { useLabel } from '#web/words/use-words.ts'
import { useNavigation } from './navigation.tsx'
import { appWords } from './words.ts'

const words = appWords.labels

/** What can be found and done from anywhere, and the form that a command opened. */
export function usePalette(): { readonly content: PaletteContent; readonly form: ReactNode } {
  const [form, setForm] = useState<ReactNode>(null)
  const kinds = useFoundKinds()
  const openHit = useOpenHit()
  const commands = [...useNewRecords(setForm), ...usePages(), ...useViewAs(setForm), ...useLook()]
  return { content: { commands, kinds, openHit }, form: form && <Suspense fallback={null}>{form}</Suspense> }
}

function useFoundKinds(): readonly FoundKind[] {
  const label = useLabel()
  const { objects } = useObjects()
  const { nav } = useNavigation()
  const iconOf = (key: string) => nav.find((item) => item.key === key)?.icon
  return [
    ...objects.map(({ key, labelOfMany }) => ({
      key,
      name: label(labelOfMany),
      icon: iconOf(key) ?? <FormOutlined />,
    })),
    { key: 'person', name: label(words.people), icon: <UserOutlined /> },
  ]
}

/** Records open over the page; people lead to their place in the tiers. */
function useOpenHit(): (hit: SearchHit) => void {
  const go = useGo()
  const open = useOpenRecord()
  const tell = useTellOpened()
  const mayPlan = useMay('plan.read')
  return ({ object, id, withinId }) => {
    if (object !== 'person') return open(object, id)
    void tell(object, id)
    if (mayPlan && withinId) go('/targets', { node: `${withinId}.${id}` })
    else go('/org')
  }
}

function useNewRecords(show: (form: ReactNode) => void): readonly Command[] {
  const { objects } = useObjects()
  const { nav } = useNavigation()
  const close = () => show(null)
  const activity = objects.find(({ key, can }) => key === 'activity' && can.create)
  const quick: readonly Command[] = activity
    ? [
        {
          key: 'note',
          label: words.noteActivity,
          icon: <PlusOutlined />,
          run: () => show(<QuickActivity activity={activity} onClose={close} />),
        },
      ]
    : []
  const create = (object: ScreenObject): Command => ({
    key: `new-${object.key}`,
    label: filled(words.newRecord, 'object', object.label),
    icon: <PlusOutlined />,
    run: () => show(<RecordForm object={object} onClose={close} />),
  })
  const placeOf = ({ key }: ScreenObject) => nav.findIndex((item) => item.key === key) + 1 || nav.length + 1
  const others = objects
    .filter((object) => object.can.create && object !== activity)
    .sort((one, other) => placeOf(one) - placeOf(other))
  return [...quick, ...others.map(create)]
}

/** Looks with the eyes of somebody else. */
function useViewAs(show: (form: ReactNode) => void): readonly Command[] {
  const mayViewAs = useMay(viewAs.key)
  if (!mayViewAs) return []
  return [
    {
      key: 'view-as',
      label: viewAs.label,
      icon: <EyeOutlined />,
      run: () => show(<ViewAsDialog onClose={() => show(null)} />),
    },
  ]
}

function usePages(): readonly Command[] {
  const go = useGo()
  const { nav, tabs } = useNavigation()
  const pages = [...nav, ...tabs.filter((tab) => !nav.some(({ key }) => key === tab.key))]
  return pages.map(({ key, name, to, icon }) => ({
    key: `page-${key}`,
    label: filled(words.goTo, 'page', name),
    icon: icon ?? <ArrowRightOutlined />,
    run: () => go(to),
  }))
}

function useLook(): readonly Command[] {
  const save = useSaveSettings()
  const signOut = useSignOut()
  const language = (key: 'zh' | 'en', label: Label): Command => ({
    key,
    label,
    icon: <TranslationOutlined />,
    run: () => save.mutate({ language: key }),
  })
  const theme = (key: 'light' | 'dark' | 'system', label: Label): Command => ({
    key,
    label,
    icon: <BgColorsOutlined />,
    run: () => save.mutate({ theme: key }),
  })
  return [
    language('zh', words.inChinese),
    language('en', words.inEnglish),
    theme('light', words.light),
    theme('dark', words.dark),
    theme('system', words.asSystem),
    { key: 'out', label: words.signOut, icon: <LogoutOutlined />, run: () => void signOut() },
  ]
}

/** A text with another one in its place, in both languages. */
function filled(label: Label, parameter: string, value: Label): Label {
  return { zh: inWords(label, 'zh', { [parameter]: value.zh }), en: inWords(label, 'en', { [parameter]: value.en }) }
}
