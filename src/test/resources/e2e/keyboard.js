/** What the Tab key has to reach in a page, and what it has reached. */
window.keyboard = {
    /** All that can be operated or scrolled and is seen, in the page's order. */
    operable() {
        return [...document.querySelectorAll('a[href], button, input, select, summary, video[controls], [tabindex]')]
            .filter((each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({visibilityProperty: true}))
            .map(this.nameOf);
    },

    nameOf(element) {
        return element.id || element.tagName.toLowerCase() + ' ' + (element.getAttribute('aria-label') ?? element.textContent.trim());
    },

    /** What has the focus, and what keeps people from seeing that. */
    focused() {
        const element = document.activeElement;
        if (!element || element === document.body) {
            return {name: '', fault: ''};
        }
        if (!element.matches(':focus')) { // within a video's own controls, which are the browser's to outline
            return {name: this.nameOf(element), fault: ''};
        }
        const {outlineStyle, outlineWidth} = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1)];
        const there = document.elementFromPoint(x, y);
        const fault = outlineStyle === 'none' || parseFloat(outlineWidth) < 2 ? 'has no outline'
            : box.bottom <= 0 || box.top >= innerHeight ? 'is outside the window'
                : !element.contains(there) ? 'is covered by ' + this.nameOf(there ?? document.body)
                    : '';
        return {name: this.nameOf(element), fault};
    }
};
