import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { createContext, createElement, use, type ReactNode } from 'react'
import { changeSettingsRoute, meRoute, type Me, type Settings } from '#engine/contract/sign-in.ts'
import { call } from '#web/api/call.ts'
import { tellTimeOf } from '#web/kit/date-text.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useLabel } from '#web/words/use-words.ts'

export const meKey = ['me'] as const

export function useMeQuery() {
  return useQuery({ queryKey: meKey, queryFn: ({ signal }) => call(meRoute, { signal }), staleTime: 60_000 })
}

const MeContext = createContext<Me | undefined>(undefined)

/** Who is signed in, for all that is drawn inside; moments are told by the clocks of the company. */
export function MeProvider({ value, children }: { readonly value: Me; readonly children: ReactNode }) {
  tellTimeOf(value.company.zone)
  return createElement(MeContext, { value }, children)
}

/** The signed-in person; only for what is drawn inside of the shell. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('useMe is for pages of signed-in people')
  return me
}

/** Whether the person leads others, as far as the role says. */
export function useLeads(): boolean {
  return useMe().person.basis !== 'representative'
}

export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission)
}

/** The roles of the company to pick from, and what a role is called. */
export function useRoles(): {
  readonly options: readonly { value: string; label: string }[]
  nameOf(key: string): string
} {
  const label = useLabel()
  const options = useMe().roles.map((role) => ({ value: role.key, label: label(role.label) }))
  return { options, nameOf: (key) => options.find(({ value }) => value === key)?.label ?? key }
}

/** Saves settings; what the person chose is shown at once. */
export function useSaveSettings() {
  const client = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: (changes: Partial<Settings>) => call(changeSettingsRoute, { body: changes }),
    onMutate: (changes) => {
      client.setQueryData<Me>(meKey, (me) => me && { ...me, settings: { ...me.settings, ...changes } })
    },
    onError: (problem) => {
      void message.error(problemText(problem))
      return client.invalidateQueries({ queryKey: meKey })
    },
  })
}
