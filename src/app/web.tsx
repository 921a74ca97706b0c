import { StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { Settings } from '#engine/contract/sign-in.ts'
import { makeQueryClient } from '#web/api/query-client.ts'
import { useMeQuery } from '#web/session/me.ts'
import { rememberLook, rememberedLook } from '#web/theme/remembered.ts'
import { Look } from '#web/theme/look.tsx'
import { texts } from '#web/words/words.ts'
import { registerRecordParts } from './web/record-parts.tsx'
import { router } from './web/routes.tsx'
import { leaveToSignIn } from './web/sign-in.ts'

registerRecordParts()
const client = makeQueryClient(() => void leaveToSignIn(client))

const first = rememberedLook()
void texts.changeLanguage(first.language)
document.documentElement.lang = first.language === 'zh' ? 'zh-CN' : 'en'

function Root() {
  const me = useMeQuery()
  const settings: Settings = me.data?.settings ?? first
  useEffect(() => {
    if (!me.data) return
    rememberLook(settings)
    void texts.changeLanguage(settings.language)
  }, [me.data, settings])
  return (
    <Look theme={settings.theme} density={settings.density}>
      <RouterProvider router={router} />
    </Look>
  )
}

const holder = document.getElementById('root')
if (holder) {
  createRoot(holder).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Root />
      </QueryClientProvider>
    </StrictMode>,
  )
}
