/** Texts with a button each that copies them. */

const SAID_MS = 2_000;

/** A button that copies what `text` gives then. @param {function(): Node} shown what to select when it cannot */
export function copyButton(name, text, shown) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'small';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy: ' + name);
    button.addEventListener('click', () => copy(text(), button, shown()));
    return button;
}

async function copy(text, button, shown) {
    try {
        await navigator.clipboard.writeText(text);
        say(button, 'Copied');
    } catch {
        // browsers give the clipboard to secure pages alone
        getSelection().selectAllChildren(shown);
        say(button, 'Select and copy');
    }
}

function say(button, word) {
    const [label, said] = [button.getAttribute('aria-label'), button.textContent];
    button.textContent = word;
    button.setAttribute('aria-label', word);
    setTimeout(() => {
        button.textContent = said === word ? 'Copy' : said;
        button.setAttribute('aria-label', label);
    }, SAID_MS);
}

export function showAddresses(list, addresses) {
    list.replaceChildren(...addresses.map(([name, address]) => {
        const row = document.createElement('li');
        const link = document.createElement('a');
        link.href = address;
        link.textContent = address;
        const label = document.createElement('span');
        label.textContent = name;
        row.append(label, link, copyButton(name, () => address, () => link));
        return row;
    }));
}
