/** Texts with a button each that copies them. */

const SAID_MS = 2_000;

/** A button that copies what `text` gives then. @param {function(): Node} shown what to select when it cannot */
export function copyButton(name, text, shown) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'small';
    const say = (word, label) => {
        button.textContent = word;
        button.setAttribute('aria-label', label);
    };
    say('Copy', 'Copy: ' + name);
    let timer = null;
    button.addEventListener('click', async () => {
        const done = await copy(text(), shown());
        say(done, done);
        clearTimeout(timer);
        timer = setTimeout(() => say('Copy', 'Copy: ' + name), SAID_MS);
    });
    return button;
}

/** @returns {Promise<string>} what has been done, or is left to be done by hand */
async function copy(text, shown) {
    try {
        await navigator.clipboard.writeText(text);
        return 'Copied';
    } catch {
        // browsers give the clipboard to secure pages alone
        getSelection().selectAllChildren(shown);
        return 'Select and copy';
    }
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
