<?php
// php inside.php WWW install | configure | write | answer | change | delete | export: runs inside WordPress, JSON in, JSON (or the export) out.
// The namespace keeps our names apart from WordPress's.
namespace Rejoinder\Acceptance;

// What is global before WordPress is loaded may be WordPress's own afterwards: the action is kept in a constant.
define(__NAMESPACE__ . '\ASKED', $argv[2]);
if (ASKED === 'install') {
    define('WP_INSTALLING', true);
}
$_SERVER += ['REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'HTTP_HOST' => '127.0.0.1', 'REQUEST_URI' => '/'];
require $argv[1] . '/wp-load.php';

$given = ASKED === 'export' ? [] : json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
$answer = match (ASKED) {
    'install' => install_site($given),
    'configure' => configure($given),
    'write' => write_post($given),
    'answer' => ['comments' => (object) write_comments($given['comments'], $given['post'], $given['ids'])],
    'change' => change_comment($given),
    'delete' => ['deleted' => wp_delete_comment($given['id'], true)],
    'export' => export_posts(),
};
if ($answer !== null) {
    echo json_encode($answer, JSON_THROW_ON_ERROR), "\n";
}

/** An empty site: WordPress's own samples are deleted. */
function install_site(array $given): array
{
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    $made = wp_install($given['title'], 'keeper', 'keeper@example.org', true, '', wp_generate_password(24));
    foreach (get_posts(['post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1, 'fields' => 'ids']) as $sample) {
        wp_delete_post($sample, true);
    }
    wp_update_user(['ID' => $made['user_id'], 'display_name' => $given['editor']]);
    foreach ($given['options'] as $name => $value) {
        update_option($name, $value);
    }
    flush_rewrite_rules(true);
    return ['version' => get_bloginfo('version')];
}

/** The theme, and options by their names. */
function configure(array $given): array
{
    if (isset($given['theme'])) {
        switch_theme($given['theme']);
    }
    foreach ($given['options'] ?? [] as $name => $value) {
        update_option($name, $value);
    }
    return ['theme' => get_stylesheet()];
}

/** One post with its comments, in their order; gives back the ids under the names that the comments have in the file. */
function write_post(array $post): array
{
    $id = wp_insert_post(wp_slash([
        'post_title' => $post['title'], 'post_content' => $post['content'], 'post_status' => 'publish', 'post_author' => 1,
        'post_date_gmt' => $post['at'], 'post_date' => get_date_from_gmt($post['at']),
        'post_password' => $post['password'], 'comment_status' => 'open',
    ]), true);
    return ['id' => $id, 'address' => get_permalink($id), 'comments' => (object) write_comments($post['comments'], $id, [])];
}

/** Comments under a post; gives back their ids with those of the ones that stood there, all by name. */
function write_comments(array $comments, int $post, array $ids): array
{
    wp_defer_comment_counting(true);
    foreach ($comments as $comment) {
        $ids[$comment['name']] = write_comment($comment, $post, $ids);
    }
    foreach ($comments as $comment) {
        settle($comment, $ids[$comment['name']]);
    }
    wp_defer_comment_counting(false);
    return $ids;
}

/** As a visitor's form or an editor leaves it: a visitor's markup goes through WordPress's filters. */
function write_comment(array $comment, int $post, array $ids): int
{
    $by_editor = $comment['by_editor'];
    $data = wp_slash([
        'comment_post_ID' => $post,
        'comment_parent' => $comment['parent'] === null ? 0 : $ids[$comment['parent']],
        'comment_author' => $comment['author'],
        'comment_author_email' => md5($comment['author']) . '@example.org',
        'comment_author_url' => $comment['url'],
        'comment_author_IP' => '192.0.2.7',
        'comment_agent' => 'acceptance',
        'comment_date_gmt' => $comment['at'],
        'comment_date' => get_date_from_gmt($comment['at']),
        'comment_content' => $comment['html'],
        'comment_type' => $comment['type'],
        'comment_approved' => $comment['state'] === 'held' ? 0 : 1,
        'user_id' => $by_editor ? 1 : 0,
    ]);
    if (!$by_editor) {
        $data['user_ID'] = 0;
        $data = wp_filter_comment($data);
    }
    return wp_insert_comment($data);
}

/** What happened to a comment after it was written. */
function settle(array $comment, int $id): void
{
    if ($comment['edited_html'] !== null) {
        wp_update_comment(wp_slash(['comment_ID' => $id, 'comment_content' => $comment['edited_html']]));
    }
    match ($comment['state']) {
        'spam' => wp_spam_comment($id),
        'trash' => wp_trash_comment($id),
        default => null,
    };
}

/** Edits, holds, approves or bins one comment, as an editor does while somebody reads. */
function change_comment(array $given): array
{
    if (isset($given['html'])) {
        wp_update_comment(wp_slash(['comment_ID' => $given['id'], 'comment_content' => $given['html']]));
    }
    if (isset($given['state'])) {
        wp_set_comment_status($given['id'], $given['state']);
    }
    return ['state' => wp_get_comment_status($given['id'])];
}

/** Tools, Export, Posts. */
function export_posts(): ?array
{
    require_once ABSPATH . 'wp-admin/includes/export.php';
    export_wp(['content' => 'post']);
    return null;
}
