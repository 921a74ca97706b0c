import { defineErrors } from '#base/errors.ts'

export const systemErrors = defineErrors({
  SYSTEM_SHARED: {
    status: 403,
    label: {
      zh: '本系统由几家公司共用，备份由负责服务器的人用命令 terrace backup 进行',
      en: 'Several companies share this system: whoever looks after the server backs it up with the command terrace backup',
    },
  },
})
