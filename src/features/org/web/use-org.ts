import { useMemo } from 'react'
import { App, type FormInstance } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { personRoute, treeRoute } from '../contract.ts'
import { nestUnits } from '../org-tree.ts'
import { orgWords } from './org-words.ts'

/** The organisation of a day, flat and nested: by the default structure unless another is named. */
export function useOrg(on: string, structure?: string) {
  const query = useQuery({
    queryKey: ['org', 'tree', on, structure ?? ''],
    queryFn: ({ signal }) => call(treeRoute, { query: { on, ...(structure ? { structure } : {}) }, signal }),
    placeholderData: (before) => before,
  })
  const units = query.data?.units
  const rows = useMemo(() => nestUnits(units ?? []), [units])
  return { query, rows, units: units ?? [], unassigned: query.data?.unassigned ?? [] }
}

export function usePerson(id: string | undefined) {
  return useQuery({
    queryKey: ['org', 'person', id],
    queryFn: ({ signal }) => call(personRoute, { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
  })
}

interface ActOptions<Reply> {
  /** Refusals are said at the form's fields where they belong. */
  readonly form?: FormInstance
  readonly text?: string
  readonly onDone?: (reply: Reply) => void
  /** Answers whether the refusal was dealt with. */
  readonly onProblem?: (problem: ApiProblem) => boolean
}

/** One change of the org: says that it was done, reads everything again, or says at the field why not. */
export function useOrgAct<Input, Reply>(act: (input: Input) => Promise<Reply>, options: ActOptions<Reply> = {}) {
  const { message } = App.useApp()
  const t = useWords(orgWords)
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: async (reply) => {
      void message.success(options.text ?? t('saved'))
      options.onDone?.(reply)
      // Who stands where decides what every other page shows.
      await client.invalidateQueries()
    },
    onError: (problem) => {
      if (problem instanceof ApiProblem && options.onProblem?.(problem)) return
      if (!sayAtFields(options.form, problem)) void message.error(problemText(problem))
    },
  })
}

/** Whether every refused field is on the form. */
function sayAtFields(form: FormInstance | undefined, problem: unknown): boolean {
  if (!form || !(problem instanceof ApiProblem) || problem.faults.length === 0) return false
  const known = problem.faults.filter((fault) => form.getFieldInstance(fault.field) !== undefined)
  form.setFields(known.map((fault) => ({ name: fault.field, errors: [fault.message] })))
  return known.length === problem.faults.length
}
