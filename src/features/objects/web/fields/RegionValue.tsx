import { useLanguage } from '#web/words/use-words.ts'
import { useRegions } from './use-regions.ts'

/** 浙江省杭州市西湖区; nothing to read until names are there. */
export function RegionValue({ code }: { readonly code: string }) {
  const language = useLanguage()
  return <>{useRegions()?.fullNameOf(code, language) ?? '…'}</>
}
