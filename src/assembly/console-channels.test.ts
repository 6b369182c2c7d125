import { expect, it } from 'vitest'
import { consoleChannels } from './console-channels.ts'

it('shows the channels that run, with the code to scan, and how to turn the others on', async () => {
  const check = () => ({ name: '微信', status: 'down' as const, detail: '等待扫码' })
  const { list } = consoleChannels([
    { name: 'wechat', check, qrText: () => 'https://x.example/qr' },
  ])

  expect(await list()).toEqual([
    {
      name: 'wechat',
      label: '微信',
      state: 'connecting',
      detail: '等待扫码',
      qrText: 'https://x.example/qr',
    },
    expect.objectContaining({ name: 'feishu', state: 'off' }),
  ])
})

it('tells a channel that is broken from one that is on', async () => {
  const channel = (status: 'ok' | 'degraded' | 'down') => ({
    name: 'feishu',
    check: () => ({ name: '飞书', status }),
  })
  const states = await Promise.all(
    (['ok', 'degraded', 'down'] as const).map(
      async (status) => (await consoleChannels([channel(status)]).list())[0]?.state,
    ),
  )

  expect(states).toEqual(['on', 'connecting', 'down'])
})
