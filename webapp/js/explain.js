/**
 * What a failure means and what to do about it. Advice is a list of paragraphs; a paragraph is a list of strings,
 * {code} and {link, text}: pages build elements from it and never markup from a name.
 */
import {certificateUrl, defaultSocketUrl, secureUrl} from './address.js';

/**
 * For a stream that failed.
 * @param {string} info WCS's words
 * @param {string=} reason the server's sentence: what is wrong, and what to do about it
 * @returns {{title: string, info: string, advice: Array}}
 */
export function explainStream(info, streamName, location, reason = '') {
    const title = TITLES.find(([pattern]) => pattern.test(info))?.[1] ?? (info || 'The stream failed');
    const known = STREAM_ADVICE.find(([pattern]) => pattern.test(info));
    const advice = known ? known[1](streamName, location, reason)
        : [['The server gave no more reason than this. Its log has a line about it.']];
    return {title, info: info || title, advice: reason ? [...sentence(reason), ...advice] : advice};
}

/** For a camera and microphone that are not published. */
export function explainPublishing(info, streamName, location, reason = '') {
    return /^Bad URI/.test(info) ? {
        title: 'A recording cannot have this name', info,
        advice: [...(reason ? sentence(reason) : []), ['Choose one of 255 characters at most, without ', {code: '://'}, '.']]
    } : explainStream(info, streamName, location, reason);
}

/** A sentence of the server's; a command in it is set as one. */
function sentence(reason) {
    const [, before, command, after] = /^(.*?)\b(ffmpeg -i .*?)(\.?)$/s.exec(reason) ?? [];
    return command ? [[before.trim() + after], [{command}]] : [[reason]];
}

/** In a few words, why what played plays no more and is tried again. */
export function interruption(info, title) {
    return /^(File|Stream) not found/.test(info) ? title + ' is not there any more'
        : /^Server is overloaded/.test(info) ? 'The server is overloaded' : 'Connection interrupted';
}

/** Where WCS's words are no plain ones. */
const TITLES = [
    [/^Failed to get agent storage/, 'The server does not know this kind of name'],
    [/^Bad URI/, 'This name cannot be played'],
    [/^Got exception while streaming/, 'The film broke off'],
    [/^(Failed by (ICE|RTP)|Failed to add stream|No media connection)/, 'Picture and sound do not get through'],
    [/^No common codecs/, 'This browser does not take H.264']
];

/** @returns {{title: string, advice: Array}} for a session that ended with `reason` before or while it was used */
export function explainSession(reason, url, wasEstablished, location) {
    if (wasEstablished) {
        return {
            title: 'Connection to the server was lost',
            advice: [[reason + '.'],
                ['Check that the server still runs and that this device is online, then try again.']]
        };
    }
    const advice = [['There was no answer from ', {code: url}, '. (' + reason + '.)']];
    const isOwn = url === defaultSocketUrl(location);
    if (isOwn) {
        advice.push(['Check that the server still runs. A proxy before it has to pass on the header fields ',
            {code: 'Upgrade'}, ' and ', {code: 'Connection'}, ', or no WebSocket gets through.']);
    }
    if (/^wss:/i.test(url)) {
        advice.push(['If the server has a certificate of its own making, this browser does not trust it yet: ',
            {link: certificateUrl(url), text: 'open ' + certificateUrl(url)},
            ', accept the certificate, come back and try again.']);
    }
    if (!isOwn) {
        advice.push(['Check that the server runs, that host and port are right, ',
            'and that a firewall lets the port through.']);
    }
    if (location.protocol === 'https:' && /^ws:/i.test(url)) {
        return {
            title: 'Server not reachable',
            advice: [['A page that came by https may only use ', {code: 'wss://'}, '.']]
        };
    }
    return {title: 'Server not reachable', advice};
}

/** For a browser without WebRTC. */
export function explainNoWebRtc(location) {
    const advice = [
        ['This browser offers no WebRTC here; it may be switched off, or be allowed on secure pages only.']];
    if (location.protocol !== 'https:') {
        advice.push([{link: secureUrl(location), text: 'Open this page by https'}, ', or from the server itself by ',
            {code: 'http://localhost'}, '.']);
    }
    return {title: 'WebRTC is not available', advice};
}

/** The file in `vod://folder/film.mp4`, as far as it can be told. */
function fileOf(streamName) {
    return streamName.replace(/^[a-z-]+:\/\//i, '') || streamName;
}

function mediaPath() {
    return [['Media travels by UDP, and it does not get through. Open the UDP ports from ', {code: 'media_port_from'},
        ' to ', {code: 'media_port_to'}, ' on the server, and behind NAT set ', {code: 'ip'},
        ' to its public address, both in ', {code: 'flashphoner.properties'}, '.'],
    ['A VPN or a company network on this side can block UDP, too.']];
}

/** Makes a film that plays, losing nothing where that is possible. Not needed when the server's sentence has a command. */
function convert(streamName, reason) {
    if (/ffmpeg -i/.test(reason)) {
        return [];
    }
    const file = fileOf(streamName).split('/').at(-1);
    const [from, to] = [file, file.replace(/\.\w+$/, '') + '-new.mp4'].map(shellQuoted);
    const encode = [{command: `ffmpeg -i ${from} -c:v libx264 -bf 0 -c:a aac -movflags +faststart ${to}`}];
    if (/H\.264 is needed/.test(reason)) {
        return [['This encodes it as H.264 with AAC:'], encode];
    }
    return [
        ['Films are MP4, QuickTime, Matroska or WebM files. This puts what is in the file into one, in seconds, and loses nothing:'],
        [{command: `ffmpeg -i ${from} -c copy -movflags +faststart ${to}`}],
        ['If it still does not play, picture or sound have to be re-encoded, which takes longer:'], encode];
}

function shellQuoted(name) {
    return /^[\w.,+=/-]+$/.test(name) && !name.startsWith('-') ? name : "'" + name.replaceAll("'", "'\\''") + "'";
}

const STREAM_ADVICE = [
    [/^File not found/, (name) => (/:\/\/s3\//.test(name)
        ? [['There is no such object in the bucket, or the server may not read it. Check name and bucket, and ',
            {code: 'aws_s3_credentials'}, ' in ', {code: 'flashphoner.properties'}, '.']]
        : [['The server has no ', {code: fileOf(name)}, ' in its media folder, or may not read it.'],
            ['Put the file in the folder that ', {code: 'media_dir'}, ' names in ', {code: 'flashphoner.properties'},
                ' (', {code: 'media'}, ' if you changed nothing), then try again. Upper and lower case matter.']])],
    [/^File has wrong format/, (name, _location, reason) => convert(name, reason)],
    [/^Failed to read file/, (name, _location, reason) => [
        ['The file is damaged or was not uploaded to its end. If it plays elsewhere, it can be written anew:'],
        ...convert(name, reason).slice(1, 2)]],
    [/^Got exception while streaming/, () => [
        ['Reading broke off under way. Was the file changed, moved or cut short while it played? ',
            'Try again when it is whole.']]],
    [/^(Bad URI|Failed to get agent storage)/, (_name, _location, reason) => /^(A name of|The name has) /.test(reason) ? [] : [
        ['The server does not know this kind of name. A film is ', {code: 'vod://film.mp4'}, ' or ',
            {code: 'vod-live://film.mp4'}, ', in the cloud ', {code: 'vod://s3/bucket/film.mp4'}, '.']]],
    [/^Stream not found/, (name) => [
        ['No stream of the name ', {code: name}, ' plays. A file begins with ', {code: 'vod://'}, ' or ',
            {code: 'vod-live://'}, '; a personal film cannot be joined.']]],
    [/^Stream name is already in use/, (name) => [
        ['Somebody publishes as ', {code: name}, ' already. Choose another name.']]],
    [/^No common codecs/, () => [
        ['This browser offered no H.264. Firefox fetches its H.264 plug-in some minutes after the first start: ',
            'try again then. Chrome, Edge and Safari have it built in.']]],
    [/^Transcoding required/, (name, _location, reason) => convert(name, reason)],
    [/^(Failed by (ICE|RTP)|Failed to add stream|No media connection)/, () => mediaPath()],
    [/^Failed by DTLS/, () => [
        ['The encrypted connection for media could not be made. ',
            'Something between here and the server may change its packets; ',
            'try another network, and see the server\'s log.']]],
    [/^Failed by media connection/, () => [
        ['The WebSocket that brings the film broke or could not be opened. Check that this device is online and that ',
            'no proxy on the way ends connections, then try again.']]],
    [/^The browser cannot play what came by MSE/, (name, _location, reason) => [
        ['The browser does not decode this film. Another one may, or the film can be converted.'],
        ...convert(name, reason)]],
    [/^The server did not answer in time/, () => [
        ['The server took the request and said nothing more. Try again; ',
            'its log tells what it is busy with.']]],
    [/^The browser rejected/, () => [
        ['Server and browser did not agree on the media. Please report this with the browser\'s version.']]],
    [/^WebRTC is not available/, (_name, location) => explainNoWebRtc(location).advice],
    [/^Connection to the server was lost/, () => [
        ['Check that the server still runs and that this device is online, then try again.']]],
    [/^(Session|Terminated by keep-alive)/, () => [
        ['The connection was gone for a while. Try again.']]],
    [/^Server is overloaded/, () => [
        ['The server plays to as many as it can just now. Try again in a minute.']]],
    [/^Restricted access/, () => [['The server does not let you play this.']]],
    [/^Start is outside/, () => [['The film is shorter than the second from which it was to start.']]],
    [/^Camera and microphone need https/, (_name, location) => [
        ['Browsers give out camera and microphone on secure pages only. ',
            {link: secureUrl(location), text: 'Open this page by https'}, ', or from the server itself by ',
            {code: 'http://localhost'}, '.']]],
    [/^Access to camera/, () => [
        ['Allow camera and microphone for this page (the sign beside the address), then start again.']]],
    [/^No camera or microphone/, () => [['Plug one in, or choose another device in the browser\'s settings.']]],
    [/^Camera or microphone (is used|could not)/, () => [
        ['Close other programs and tabs that use them, then start again.']]]
];
