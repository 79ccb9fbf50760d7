const element = (name) => document.getElementById(name)
/** Of a set-up link; what stands behind "#" is sent to nobody by itself. */
const token = location.pathname.endsWith('/setup') ? location.hash.slice(1) : ''

if (token) {
  document.title = element('title').textContent = 'Make the first administrator'
  element('password').minLength = 10
  element('password').autocomplete = 'new-password'
}

async function post(path, body) {
  const response = await fetch(`api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.ok ? null : (await response.json()).detail
}

/** What went wrong, or null. */
async function enter() {
  const person = { name: element('name').value, password: element('password').value }
  const failure = token ? await post('setup', { token, ...person }) : null
  return failure ?? (await post('sessions', person))
}

async function submit() {
  element('go').disabled = true
  const failure = await enter().catch(() => 'The server cannot be reached.')
  element('go').disabled = false
  if (failure === null) return location.assign('./')
  element('failure').textContent = failure
  element('failure').hidden = false
}

element('login-form').addEventListener('submit', (event) => {
  event.preventDefault()
  void submit()
})
