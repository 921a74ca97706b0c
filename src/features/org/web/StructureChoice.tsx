import { Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { structuresRoute } from '../contract.ts'
import { structureWords } from './structure-words.ts'

/** The structures of the company, open and closed. */
export function useStructures() {
  return useQuery({
    queryKey: ['org', 'structures'],
    queryFn: ({ signal }) => call(structuresRoute, { signal }),
    select: (reply) => reply.structures,
  })
}

/** By which structure a page shows figures or units, kept in its address; absent where there is but one. */
export function StructureChoice() {
  const t = useWords(structureWords)
  const label = useLabel()
  const { structure } = useAddress()
  const change = useChangeAddress()
  const shown = useStructures().data?.filter((one) => one.isDefault || one.units > 0) ?? []
  if (shown.length < 2) return null
  const usual = shown.find((one) => one.isDefault)
  return (
    <Select
      aria-label={t('structure')}
      value={structure ?? usual?.key ?? null}
      popupMatchSelectWidth={false}
      options={shown.map(({ key, name }) => ({ value: key, label: label(name) }))}
      onChange={(key) => change({ structure: key === usual?.key ? undefined : (key ?? undefined), node: undefined })}
    />
  )
}
