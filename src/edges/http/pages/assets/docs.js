const { paths } = await (await fetch('openapi.json')).json()

const items = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, { summary }]) => {
    const address = document.createElement('code')
    address.textContent = `${method.toUpperCase()} ${path}`
    const about = document.createElement('span')
    about.className = 'quiet'
    about.textContent = summary ?? ''
    const item = document.createElement('li')
    item.append(address, about)
    return item
  }),
)
document.getElementById('operations').append(...items)
