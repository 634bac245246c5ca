/** Addresses with a button each that copies them. */

export function showAddresses(list, addresses) {
    list.replaceChildren(...addresses.map(([name, address]) => {
        const row = document.createElement('li');
        const link = document.createElement('a');
        link.href = address;
        link.textContent = address;
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = 'Copy';
        button.setAttribute('aria-label', 'Copy the address: ' + name);
        button.addEventListener('click', () => copy(address, button));
        const label = document.createElement('span');
        label.textContent = name;
        row.append(label, link, button);
        return row;
    }));
}

async function copy(text, button) {
    try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
    } catch {
        // browsers give the clipboard to secure pages alone
        button.textContent = 'Select and copy';
        getSelection().selectAllChildren(button.previousElementSibling);
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2_000);
}
