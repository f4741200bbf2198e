// What vendors' SDKs list: reads {sdk, url, asks} as JSON, and writes for each ask its pages, or the SDK's error.
import { readFileSync } from 'node:fs'

const { sdk, url, asks } = JSON.parse(readFileSync(0, 'utf8'))

// An SDK that knows one host alone: what it sends there goes to the mock, and `one` answers for the sandbox itself.
const reached = (one) => (to, options) =>
  one !== undefined && new URL(to).pathname === `/api/v2/sandboxes/${one.sandbox.name}`
    ? Response.json(one)
    : fetch(to.replace('https://vercel.com/api', url), options)

// The pages that an SDK walks for an ask, each as the identities on it.
const walks = {
  async *'@vercel/sandbox'({ one, ...ask }) {
    const { Sandbox } = await import('@vercel/sandbox')
    const reach = { teamId: 'team_1', fetch: reached(one), ...ask }
    if (one === undefined) {
      const listed = await Sandbox.list(reach)
      for await (const page of listed.pages()) yield page.sandboxes.map((sandbox) => sandbox.name)
    } else {
      const listed = await (await Sandbox.get({ ...reach, name: one.sandbox.name })).listSessions(ask)
      for await (const page of listed.pages()) yield page.sessions.map((session) => session.id)
    }
  },
  async *'@vercel/sdk'({ token, sessions, ...ask }) {
    const { Vercel } = await import('@vercel/sdk')
    const { sandboxes } = new Vercel({ bearerToken: token, serverURL: url })
    for (let cursor; cursor !== null; ) {
      const given = { ...ask, cursor }
      const page = await (sessions ? sandboxes.listSessions(given) : sandboxes.listNamedSandboxes(given))
      yield sessions ? page.sessions.map((session) => session.id) : page.sandboxes.map((sandbox) => sandbox.name)
      cursor = page.pagination.next
    }
  },
  async *e2b({ token, ...ask }) {
    const { Sandbox } = await import('e2b')
    const pages = Sandbox.list({ apiKey: token, apiUrl: url, validateApiKey: false, ...ask })
    while (pages.hasNext) yield (await pages.nextItems()).map((sandbox) => sandbox.sandboxId)
  },
  async *openai({ token, ...ask }) {
    const { OpenAI } = await import('openai')
    const { sessions } = new OpenAI({ apiKey: token, baseURL: `${url}/v1`, maxRetries: 0 }).beta.agents
    for await (const page of (await sessions.list(ask)).iterPages()) yield page.data.map((session) => session.id)
  },
}

async function given(ask) {
  try {
    const pages = []
    for await (const page of walks[sdk](ask)) pages.push(page)
    return pages
  } catch (error) {
    const status = error.response?.status ?? error.statusCode ?? error.status ?? null
    return { error: error.constructor.name, status, message: error.message }
  }
}

const answers = []
for (const ask of asks) answers.push(await given(ask))
console.log(JSON.stringify(answers))
